// Fixtures of the official conformance suite: tools that send requests to the client, with sessions.
mcp.Tool("test_tool_with_logging", "Logs while it runs.", async (McpServer server) =>
{
    await Log(server, "Tool execution started");
    await Task.Delay(50);
    await Log(server, "Tool processing data");
    await Task.Delay(50);
    await Log(server, "Tool execution completed");
    return "logged";
});

Task Log(McpServer server, string text) => server.SendNotificationAsync("notifications/message",
    new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Data = JsonSerializer.SerializeToElement(text) });

mcp.Tool("test_sampling", "Asks the client's model.", async (McpServer server, string prompt, CancellationToken ct) =>
{
    var answer = await server.SampleAsync(new CreateMessageRequestParams
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }], MaxTokens = 100,
    }, ct);
    return $"LLM response: {string.Concat(answer.Content.OfType<TextContentBlock>().Select(block => block.Text))}";
});

ElicitRequestParams.RequestSchema Schema(params (string Name, ElicitRequestParams.PrimitiveSchemaDefinition Definition)[] properties) =>
    new() { Properties = properties.ToDictionary(property => property.Name, property => property.Definition) };

async Task<string> Elicit(McpServer server, string label, string message, ElicitRequestParams.RequestSchema schema, CancellationToken ct)
{
    var answer = await server.ElicitAsync(new ElicitRequestParams { Message = message, RequestedSchema = schema }, ct);
    return $"{label}: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content)}";
}

mcp.Tool("test_elicitation", "Asks the user.", (McpServer server, string message, CancellationToken ct) =>
{
    var schema = Schema(("username", new ElicitRequestParams.StringSchema()), ("email", new ElicitRequestParams.StringSchema()));
    schema.Required = ["username", "email"];
    return Elicit(server, "User response", message, schema, ct);
});

mcp.Tool("test_elicitation_sep1034_defaults", "Asks with defaults.", (McpServer server, CancellationToken ct) =>
    Elicit(server, "Elicitation completed", "Please confirm", Schema(
    ("name", new ElicitRequestParams.StringSchema { Default = "John Doe" }),
    ("age", new ElicitRequestParams.NumberSchema { Type = "integer", Default = 30 }),
    ("score", new ElicitRequestParams.NumberSchema { Default = 95.5 }),
    ("status", new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" }),
    ("verified", new ElicitRequestParams.BooleanSchema { Default = true })), ct));

#pragma warning disable MCP9001 // The suite requires legacyEnum.
mcp.Tool("test_elicitation_sep1330_enums", "Asks with enums of every kind.", (McpServer server, CancellationToken ct) =>
    Elicit(server, "Elicitation completed", "Please choose", Schema(
    ("untitledSingle", new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] }),
    ("titledSingle", new ElicitRequestParams.TitledSingleSelectEnumSchema
    {
        OneOf =
        [
            new() { Const = "value1", Title = "First Option" },
            new() { Const = "value2", Title = "Second Option" },
            new() { Const = "value3", Title = "Third Option" },
        ],
    }),
    ("legacyEnum", new ElicitRequestParams.LegacyTitledEnumSchema
    {
        Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"],
    }),
    ("untitledMulti", new ElicitRequestParams.UntitledMultiSelectEnumSchema { Items = new() { Enum = ["option1", "option2", "option3"] } }),
    ("titledMulti", new ElicitRequestParams.TitledMultiSelectEnumSchema
    {
        Items = new()
        {
            AnyOf =
            [
                new() { Const = "value1", Title = "First Choice" },
                new() { Const = "value2", Title = "Second Choice" },
                new() { Const = "value3", Title = "Third Choice" },
            ],
        },
    })), ct));

mcp.Tool("test_reconnection", "Closes its stream and answers on the next one.", async (RequestContext<CallToolRequestParams> call, CancellationToken ct) =>
{
    await call.EnablePollingAsync(TimeSpan.FromMilliseconds(500), ct);
    await Task.Delay(100, ct);
    return "answered after the reconnection";
});
