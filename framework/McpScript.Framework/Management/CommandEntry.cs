namespace McpScript.Management;

/// <summary>A management command as it is listed.</summary>
sealed record CommandEntry(string Name, string Description, string Plugin);
