using McpScript.Loading;
using McpScript.Model;

namespace McpScript.Core.Tests;

/// <summary>Follows no generation, for plugins that a test does not unload.</summary>
sealed class NoTracker : IGenerationTracker
{
    public static NoTracker Instance { get; } = new();

    /// <inheritdoc/>
    public PluginLoadContext Track(PluginLoadContext context) => context;

    /// <inheritdoc/>
    public void Discard(Plugin plugin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Verify(UnloadedGeneration generation)
    {
    }
}
