namespace McpScript.Benchmarks.Peers;

/// <summary>Messages that the callers send, and the text expected in responses.</summary>
static class Messages
{
    const string Text = "The quick brown fox jumps over the lazy dog.";

    public const string Initialize =
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"""
        + """ "clientInfo":{"name":"bench","version":"1"}}}""";

    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    public const string Call = $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"{{{{Text}}}}"}}}""";

    public const string StatelessCall =
        $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"{{{{Text}}}}"},"""
        + """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{} } } }""";

    /// <summary>Bytes that a correct response contains once.</summary>
    public static ReadOnlySpan<byte> Result => "\"text\":\"The quick brown fox jumps over the lazy dog.\""u8;
}
