using ModelContextProtocol.Client;

namespace McpScript.Testing;

/// <summary>Tool lists of a client without the management tools.</summary>
public static class ToolLists
{
    /// <summary>Returns the names of the plugins' tools, in the order of the list.</summary>
    public static async Task<IReadOnlyList<string>> ListPluginToolsAsync(this McpClient client)
    {
        var tools = await client.ListToolsAsync().AsTask().WaitAsync(TestHost.Patience);
        return [.. tools.Select(tool => tool.Name).Where(name => !name.StartsWith("proxy__", StringComparison.Ordinal))];
    }
}
