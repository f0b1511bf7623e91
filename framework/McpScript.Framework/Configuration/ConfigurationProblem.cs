namespace McpScript.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="File">Absolute path; null if it is about the environment or the command line.</param>
/// <param name="Line">From 1; null without a place.</param>
/// <param name="Column">From 1; null without a place.</param>
/// <param name="Message">What is wrong and how to cure it.</param>
public sealed record ConfigurationProblem(string? File, int? Line, int? Column, string Message)
{
    /// <summary>One line: <c>file(line,column): message</c>, with as much of it as there is.</summary>
    public override string ToString() => File is null ? Message : Line is null ? $"{File}: {Message}" : $"{File}({Line},{Column}): {Message}";
}
