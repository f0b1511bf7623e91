using McpScript.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs;

/// <summary>Short words for what the specs do with a client.</summary>
static class Say
{
    /// <summary>A script whose one tool, <c>say</c>, answers with a text and is described by it too, so that a change of the text changes the list.</summary>
    public static string Script(string text) => $"""mcp.Tool("say", "Says {text}.", () => "{text}");""";

    /// <summary>Calls a tool; returns the text of its answer.</summary>
    public static async Task<string> SayAsync(this McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value)).AsTask()
            .WaitAsync(TestHost.Patience);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    /// <summary>The names of the plugins' tools, as listed.</summary>
    public static async Task<string> ToolNamesAsync(this McpClient client) => string.Join(' ', await client.ListPluginToolsAsync());

    /// <summary>The current description of a tool.</summary>
    public static async Task<string?> DescriptionAsync(this McpClient client, string tool) =>
        (await client.ListToolsAsync().AsTask().WaitAsync(TestHost.Patience)).Single(listed => listed.Name == tool).Description;
}
