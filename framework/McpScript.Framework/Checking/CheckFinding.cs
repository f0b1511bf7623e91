using McpScript.Model;

namespace McpScript.Checking;

/// <summary>A finding of a check.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Problem">The problem and its place.</param>
sealed record CheckFinding(string Plugin, CheckSeverity Severity, PluginProblem Problem)
{
    /// <summary>Returns one line in the format of compilers: <c>file(line,column): warning CODE: message [plugin]</c>.</summary>
    public override string ToString()
    {
        var place = Problem.Line is null ? Problem.File : $"{Problem.File}({Problem.Line},{Problem.Column ?? 1})";
        return $"{place ?? Plugin}: {(Severity == CheckSeverity.Error ? "error" : "warning")} {Problem.Code}: {Problem.Message} [{Plugin}]";
    }
}
