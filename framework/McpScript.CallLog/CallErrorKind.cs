namespace McpScript.CallLog;

/// <summary>Kinds of failures of a tool call.</summary>
public enum CallErrorKind
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>The tool answered with an error.</summary>
    ToolError,

    /// <summary>The tool threw an exception.</summary>
    Exception,

    /// <summary>The arguments do not fit the tool's schema; the tool was not run.</summary>
    InvalidArguments,

    /// <summary>The host refused the call: gate, validator, shutdown.</summary>
    Refused,

    /// <summary>The tool does not exist.</summary>
    UnknownTool,

    /// <summary>The client cancelled the call, or it was ended before it had an answer.</summary>
    Cancelled,

    /// <summary>The call did not finish within the tool's timeout.</summary>
    TimedOut,
}
