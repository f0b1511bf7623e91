namespace McpScript.Configuration;

/// <summary>Treatment of arguments that a tool does not have: <c>unknown_arguments</c>.</summary>
public enum UnknownArgumentRule
{
    /// <summary>It is refused, and told which arguments there are.</summary>
    Refuse,

    /// <summary>They are dropped, counted, and logged once for each tool and client.</summary>
    Ignore,
}
