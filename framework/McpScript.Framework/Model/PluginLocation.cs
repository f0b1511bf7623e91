namespace McpScript.Model;

/// <summary>Location of a plugin on disk.</summary>
/// <param name="Reference">Name of the plugin, in the case that it has on disk.</param>
/// <param name="Kind">Kind of the plugin (<see cref="PluginKinds"/>), such as <c>script</c>.</param>
/// <param name="Path">Absolute path of its main file.</param>
/// <param name="Root">Absolute path of the plugin folder that it was found in.</param>
sealed record PluginLocation(PluginReference Reference, string Kind, string Path, string Root);
