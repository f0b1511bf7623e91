namespace McpScript.Configuration;

/// <summary>The <c>proxy__</c> tools that clients get.</summary>
public enum ManagementTools
{
    /// <summary>All tools.</summary>
    All,

    /// <summary>Only the tools that change nothing.</summary>
    Read,

    /// <summary>No tools.</summary>
    None,
}
