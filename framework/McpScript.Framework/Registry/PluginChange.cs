using McpScript.Model;

namespace McpScript.Registry;

/// <summary>One wish to change what is served.</summary>
/// <param name="Reference">The plugin.</param>
/// <param name="Kind">What is wished.</param>
public sealed record PluginChange(PluginReference Reference, PluginChangeKind Kind);
