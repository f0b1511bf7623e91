namespace McpScript.Client.Errors;

/// <summary>An error that is shown to the user: what happened, why, and what to do.</summary>
/// <param name="message">Description of what happened, as one sentence.</param>
/// <param name="reasons">All reasons at once; may be empty.</param>
/// <param name="cure">Advice for the user, as one sentence; null if there is none.</param>
/// <param name="exitCode">Exit code of the process if the error ends it.</param>
sealed class UserError(string message, IReadOnlyList<string> reasons, string? cure = null, int exitCode = ExitCodes.Failed) : Exception(message)
{
    /// <summary>The reasons; may be empty.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    /// <summary>Advice for the user; null if there is none.</summary>
    public string? Cure => cure;

    /// <summary>Exit code of the process if the error ends it.</summary>
    public int ExitCode => exitCode;

    /// <summary>Creates an error about the command line or a line of the prompt (exit code 2). No request was sent.</summary>
    public static UserError Usage(string message, IReadOnlyList<string> reasons, string? cure = null) => new(message, reasons, cure, ExitCodes.Usage);
}
