namespace McpScript.Configuration;

/// <summary>Treatment of arguments that a tool does not have: <c>unknown_arguments</c>.</summary>
public enum UnknownArgumentRule
{
    /// <summary>The call is refused; the error lists the arguments that exist.</summary>
    Refuse,

    /// <summary>They are dropped, counted, and logged once for each tool and client.</summary>
    Ignore,
}
