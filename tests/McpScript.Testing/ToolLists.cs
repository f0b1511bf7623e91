using ModelContextProtocol.Client;

namespace McpScript.Testing;

/// <summary>What a client lists, without the tools that are the host's own.</summary>
public static class ToolLists
{
    /// <summary>The names of the plugins' tools, as listed.</summary>
    public static async Task<IReadOnlyList<string>> ListPluginToolsAsync(this McpClient client) =>
        [.. (await client.ListToolsAsync().AsTask().WaitAsync(TestHost.Patience)).Select(tool => tool.Name).Where(name => !name.StartsWith("proxy__", StringComparison.Ordinal))];
}
