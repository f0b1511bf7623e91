namespace McpScript.Configuration;

/// <summary>Which of the <c>proxy__</c> tools are offered to clients.</summary>
public enum ManagementTools
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those that change nothing.</summary>
    Read,

    /// <summary>None.</summary>
    None,
}
