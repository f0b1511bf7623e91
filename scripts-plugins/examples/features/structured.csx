// Structured output: a tool that returns a record has an output schema, and its results contain JSON in addition to the text.
record Forecast(string City, double Celsius, string[] Warnings);

mcp.Tool("forecast", "Tomorrow's weather in a city.", ([Description("The city.")] string city) => new Forecast(city, 21.5, ["thunder"]));
