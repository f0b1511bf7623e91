namespace McpScript.Benchmarks;

/// <summary>Scripts by the hundred.</summary>
static class GeneratedScript
{
    /// <summary>One with some tools, named after it.</summary>
    public static string Text(string name, int tools, int version = 0) => string.Concat(Enumerable.Range(0, tools).Select(tool =>
        $$"""mcp.Tool("{{name}}_t{{tool}}", "Tool {{tool}} of {{name}}.", (string text, int times = 1) => string.Concat(Enumerable.Repeat($"{{version}}:{text}", times)));{{"\n"}}"""));
}
