namespace McpScript.Model;

/// <summary>Where a plugin was found.</summary>
/// <param name="Reference">The plugin's name, in the case in which it stands on disk.</param>
/// <param name="Kind">The source's word for its kind: <c>script</c>, <c>folder</c>.</param>
/// <param name="Path">The absolute path of its main file.</param>
/// <param name="Root">The absolute plugin folder that it was found in.</param>
sealed record PluginLocation(PluginReference Reference, string Kind, string Path, string Root);
