using ModelContextProtocol.Server;

namespace McpScript.Plugins;

/// <summary>What a plugin's registration asked for, not yet built: services may still be added until it returns.</summary>
sealed class Registrations
{
    /// <summary>Delegates given to <c>mcp.Tool</c>.</summary>
    public List<(string Name, string Description, Delegate Handler, McpServerToolCreateOptions? Options)> Tools { get; } = [];

    /// <summary>Delegates given to <c>mcp.Prompt</c>.</summary>
    public List<(string Name, string Description, Delegate Handler, McpServerPromptCreateOptions? Options)> Prompts { get; } = [];

    /// <summary>Delegates given to <c>mcp.Resource</c> and <c>mcp.ResourceTemplate</c>.</summary>
    public List<(string UriTemplate, Delegate Handler, McpServerResourceCreateOptions? Options)> Resources { get; } = [];

    /// <summary>What runs once the plugin is served.</summary>
    public List<Func<CancellationToken, Task>> OnLive { get; } = [];

    /// <summary>What runs at its end, in reverse order.</summary>
    public List<Func<Task>> OnUnload { get; } = [];
}
