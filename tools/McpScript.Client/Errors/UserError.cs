namespace McpScript.Client.Errors;

/// <summary>Something cannot be done as it was asked: what, why, and what to do about it.</summary>
/// <param name="what">What did not work.</param>
/// <param name="why">The reasons, all at once.</param>
/// <param name="cure">What to do.</param>
/// <param name="exitCode">What the program ends with, if it ends of this.</param>
sealed class UserError(string what, IReadOnlyList<string> why, string? cure = null, int exitCode = ExitCodes.Failed) : Exception(what)
{
    /// <summary>The reasons.</summary>
    public IReadOnlyList<string> Reasons => why;

    /// <summary>What to do.</summary>
    public string? Cure => cure;

    /// <summary>What the program ends with.</summary>
    public int ExitCode => exitCode;

    /// <summary>A complaint about how the program, or one of its lines, is used; nobody was asked anything yet.</summary>
    public static UserError Usage(string what, IReadOnlyList<string> why, string? cure = null) => new(what, why, cure, ExitCodes.Usage);
}
