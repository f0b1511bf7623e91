// Structured output: who returns a record gets an output schema, and results that carry JSON beside the text.
record Forecast(string City, double Celsius, string[] Warnings);

mcp.Tool("forecast", "Tomorrow's weather in a city.", ([Description("The city.")] string city) => new Forecast(city, 21.5, ["thunder"]));
