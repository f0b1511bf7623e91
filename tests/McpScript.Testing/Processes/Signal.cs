namespace McpScript.Testing.Processes;

/// <summary>A signal that one process sends to another.</summary>
public enum Signal
{
    /// <summary>SIGHUP: a terminal was closed, or the configuration must be reloaded.</summary>
    HangUp = 1,

    /// <summary>SIGINT: Ctrl-C.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL: cannot be handled (<c>kill -9</c>).</summary>
    Kill = 9,

    /// <summary>SIGTERM: sent by service managers and <c>kill</c>.</summary>
    Terminate = 15,
}
