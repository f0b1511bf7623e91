namespace McpScript.Catalogs;

/// <summary>Lists whose changes MCP notifies clients of.</summary>
[Flags]
public enum ListKinds
{
    /// <summary>No list.</summary>
    None = 0,

    /// <summary><c>tools/list</c>.</summary>
    Tools = 1,

    /// <summary><c>prompts/list</c>.</summary>
    Prompts = 2,

    /// <summary><c>resources/list</c> and <c>resources/templates/list</c>, which share one notification.</summary>
    Resources = 4,
}
