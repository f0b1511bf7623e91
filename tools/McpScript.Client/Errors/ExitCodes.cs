namespace McpScript.Client.Errors;

/// <summary>Exit codes of the process.</summary>
static class ExitCodes
{
    /// <summary>Success.</summary>
    public const int Done = 0;

    /// <summary>The server could not be reached, returned an error, or a tool failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or arguments do not match the schema.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted by Ctrl-C (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
