namespace McpScript.Management;

/// <summary>A management command in a list.</summary>
sealed record CommandEntry(string Name, string Description, string Plugin);
