namespace McpScript.Benchmarks;

/// <summary>Generated scripts for measurements with many plugins.</summary>
static class GeneratedScript
{
    /// <summary>Returns a script with a number of tools, <c>NAME_t0</c> and so on, which return the version.</summary>
    public static string Text(string name, int tools, int version = 0) => string.Concat(Enumerable.Range(0, tools).Select(tool =>
        $$"""
        mcp.Tool("{{name}}_t{{tool}}", "Tool {{tool}} of {{name}}.",
            (string text, int times = 1) => string.Concat(Enumerable.Repeat($"{{version}}:{text}", times)));

        """));
}
