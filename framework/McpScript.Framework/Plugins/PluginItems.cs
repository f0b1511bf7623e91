using System.Collections.Immutable;
using ModelContextProtocol.Server;

namespace McpScript.Plugins;

/// <summary>What one generation of a plugin offers.</summary>
/// <param name="Tools">Objects that the SDK made itself: only those does it reshape for older clients.</param>
/// <param name="Prompts">Prompts.</param>
/// <param name="Resources">Resources and resource templates.</param>
sealed record PluginItems(ImmutableArray<McpServerTool> Tools, ImmutableArray<McpServerPrompt> Prompts, ImmutableArray<McpServerResource> Resources)
{
    /// <summary>Nothing.</summary>
    public static PluginItems Empty { get; } = new([], [], []);

    /// <summary>True if there is nothing in it.</summary>
    public bool IsEmpty => Tools.IsEmpty && Prompts.IsEmpty && Resources.IsEmpty;
}
