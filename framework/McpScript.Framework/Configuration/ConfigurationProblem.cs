namespace McpScript.Configuration;

/// <summary>A problem in the configuration.</summary>
/// <param name="File">Absolute path of the file; null for the environment or the command line.</param>
/// <param name="Line">Line number, from 1; null if unknown.</param>
/// <param name="Column">Column number, from 1; null if unknown.</param>
/// <param name="Message">The problem and how to fix it.</param>
public sealed record ConfigurationProblem(string? File, int? Line, int? Column, string Message)
{
    /// <summary>Returns one line: <c>file(line,column): message</c>, without the parts that are unknown.</summary>
    public override string ToString() => File is null ? Message : Line is null ? $"{File}: {Message}" : $"{File}({Line},{Column}): {Message}";
}
