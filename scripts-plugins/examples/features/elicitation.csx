// Elicitation: input from the user during a call. The same code serves sessions and stateless clients (2026-07-28).
mcp.Tool("book_table", "Books a table in a restaurant.",
    async (McpServer server, [Description("The restaurant's name.")] string restaurant, CancellationToken ct) =>
{
    var answer = await server.ElicitAsync(new ElicitRequestParams
    {
        Message = $"A table at {restaurant}: for how many?",
        RequestedSchema = new()
        {
            Properties =
            {
                ["guests"] = new ElicitRequestParams.NumberSchema { Type = "integer", Minimum = 1, Maximum = 12 },
                ["outside"] = new ElicitRequestParams.BooleanSchema { Title = "Outside?", Default = false },
            },
            Required = ["guests"],
        },
    }, ct);
    return answer is { IsAccepted: true, Content: { } content }
        ? $"A table for {content["guests"]} at {restaurant}."
        : $"No table: the user said '{answer.Action}'.";
});

// URL mode: for data that must not pass through the client, such as passwords and payments.
mcp.Tool("pay", "Pays the bill in the user's browser.", async (McpServer server, CancellationToken ct) =>
{
    var answer = await server.ElicitAsync(new ElicitRequestParams
    {
        Mode = "url", ElicitationId = Guid.NewGuid().ToString(), Url = "https://pay.example.com/bill/1", Message = "Please pay in your browser.",
    }, ct);
    return answer.IsAccepted ? "The payment page was opened." : "Not paid.";
});
