namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>End of a tool call.</summary>
enum CallEnd
{
    /// <summary>The tool ran to its end.</summary>
    Finished,

    /// <summary>The call was cancelled.</summary>
    Cancelled,
}
