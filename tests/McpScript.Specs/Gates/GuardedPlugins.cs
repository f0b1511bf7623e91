namespace McpScript.Specs.Gates;

/// <summary>Plugins whose tools are guarded.</summary>
static class GuardedPlugins
{
    public const string Shell = """
        mcp.Tool("sh", "Runs.", async (string command) => { await Task.Yield(); return $"ran {command}"; }).Protect("shell");
        mcp.Tool("free", "Is free.", () => "free");
        """;
}
