namespace McpScript.Client.Primitives;

/// <summary>A list of what a server offers.</summary>
enum ListKind
{
    /// <summary>Its tools.</summary>
    Tool,

    /// <summary>Its prompts.</summary>
    Prompt,

    /// <summary>Its resources and their templates.</summary>
    Resource,
}
