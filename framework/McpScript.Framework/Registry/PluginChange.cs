using McpScript.Model;

namespace McpScript.Registry;

/// <summary>One requested plugin change.</summary>
/// <param name="Reference">The plugin.</param>
/// <param name="Kind">The kind of change.</param>
public sealed record PluginChange(PluginReference Reference, PluginChangeKind Kind);
