namespace McpScript.Client.Errors;

/// <summary>What the program ends with.</summary>
static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>The server was not reached, refused, or a tool failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or arguments that do not fit what they are for.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
