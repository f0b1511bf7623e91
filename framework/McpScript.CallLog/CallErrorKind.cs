namespace McpScript.CallLog;

/// <summary>How a tool call went wrong.</summary>
public enum CallErrorKind
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The tool answered with an error.</summary>
    ToolError,

    /// <summary>The tool threw.</summary>
    Exception,

    /// <summary>The arguments do not fit the tool's schema; the tool was not run.</summary>
    InvalidArguments,

    /// <summary>The host did not let it through: gate, validator, shutdown.</summary>
    Refused,

    /// <summary>There is no such tool.</summary>
    UnknownTool,

    /// <summary>The client gave it up, or it was ended before it had an answer.</summary>
    Cancelled,

    /// <summary>It did not finish within the time that its tool has.</summary>
    TimedOut,
}
