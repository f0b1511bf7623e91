namespace McpScript.Management;

/// <summary>A management command as it is listed.</summary>
public sealed record CommandEntry(string Name, string Description, string Plugin);
