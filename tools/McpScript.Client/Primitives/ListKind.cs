namespace McpScript.Client.Primitives;

/// <summary>Kind of a server's list.</summary>
enum ListKind
{
    /// <summary>Tools.</summary>
    Tool,

    /// <summary>Prompts.</summary>
    Prompt,

    /// <summary>Resources and resource templates.</summary>
    Resource,
}
