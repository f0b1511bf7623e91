namespace McpScript.Testing.Processes;

/// <summary>A signal that one process sends to another.</summary>
public enum Signal
{
    /// <summary>What a terminal that is closed sends, and operators to have a configuration read again.</summary>
    HangUp = 1,

    /// <summary>What Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>What cannot be caught, <c>kill -9</c>.</summary>
    Kill = 9,

    /// <summary>What service managers and <c>kill</c> send.</summary>
    Terminate = 15,
}
