namespace McpScript.Management;

/// <summary>A plugin that is found in the plugin folders.</summary>
/// <param name="Name">Name of the plugin.</param>
/// <param name="Source">The kind of source, such as <c>script</c>.</param>
/// <param name="Path">Path of its main file.</param>
/// <param name="Description">The <c>description</c> of its settings.</param>
/// <param name="Loaded">True if it is served.</param>
/// <param name="Failed">True if the last attempt to load it failed.</param>
sealed record AvailableEntry(string Name, string Source, string Path, string? Description, bool Loaded, bool Failed);
