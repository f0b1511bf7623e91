// Fixtures of the official conformance suite: tools of its stateless scenario.
mcp.Tool("test_missing_capability", "Needs a client that samples.", (RequestContext<CallToolRequestParams> call) =>
    call.JsonRpcRequest.Context?.ClientCapabilities?.Sampling is not null
        ? "sampling"
        : throw new MissingRequiredClientCapabilityException(new() { Sampling = new() }));

mcp.Tool("test_streaming_elicitation", "Asks in the middle of a call.", async (McpServer server, CancellationToken ct) =>
{
    var answer = await server.ElicitAsync(new ElicitRequestParams
    {
        Message = "Go on?",
        RequestedSchema = new()
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { ["ok"] = new ElicitRequestParams.BooleanSchema() },
        },
    }, ct);
    return $"action={answer.Action}";
});

mcp.Tool("test_logging_tool", "Logs if the client has set a level.", (McpServer server) =>
{
    using var provider = server.AsClientLoggerProvider();
    provider.CreateLogger("test").LogInformation("Logged");
    return "logged";
});

var turns = 0;
mcp.Tool("test_trigger_tool_change", "Changes the list of tools.", async () =>
{
    var turn = Interlocked.Increment(ref turns);
    await mcp.UpdateAsync(update => update.Tool("test_changing_tool", $"Changed {turn} times.", () => turn));
    return "changed";
});
mcp.Tool("test_trigger_prompt_change", "Changes the list of prompts.", async () =>
{
    var turn = Interlocked.Increment(ref turns);
    await mcp.UpdateAsync(update => update.Prompt("test_changing_prompt", $"Changed {turn} times.", () => "changed"));
    return "changed";
});
mcp.Tool("test_x_mcp_header", "Has an argument that is a header too.", """
    {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"level":{"type":"integer"}},"required":["region"]}
    """, async (call, ct) => new CallToolResult { Content = [new TextContentBlock { Text = $"region={call.Params.Arguments?["region"]}" }] });
