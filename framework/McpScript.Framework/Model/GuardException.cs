namespace McpScript.Model;

/// <summary>A tool is to be guarded, and nothing there could guard it: a problem of the plugin that a change of the configuration cures.</summary>
sealed class GuardException(string message) : Exception(message)
{
    /// <summary>The problem's code.</summary>
    public const string ProblemCode = "MCS0009";

    /// <inheritdoc cref="ProblemCode"/>
    public string Code => ProblemCode;
}
