namespace McpScript.Management;

/// <summary>A plugin that lies in the folders.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The kind of source, such as <c>script</c>.</param>
/// <param name="Path">Its main file.</param>
/// <param name="Description">The <c>description</c> of its settings.</param>
/// <param name="Loaded">It is being served.</param>
/// <param name="Failed">The last attempt to load it failed.</param>
sealed record AvailableEntry(string Name, string Source, string Path, string? Description, bool Loaded, bool Failed);
