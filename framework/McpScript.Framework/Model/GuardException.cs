namespace McpScript.Model;

/// <summary>A tool requires a gate group that is not configured (MCS0009). A change of the configuration cures it.</summary>
sealed class GuardException(string message) : Exception(message)
{
    /// <summary>Code of the problem.</summary>
    public const string ProblemCode = "MCS0009";

    /// <inheritdoc cref="ProblemCode"/>
    public string Code => ProblemCode;
}
