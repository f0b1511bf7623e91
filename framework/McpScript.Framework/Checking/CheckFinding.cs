using McpScript.Model;

namespace McpScript.Checking;

/// <summary>One thing that a check has found.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Problem">What it is, and where.</param>
sealed record CheckFinding(string Plugin, CheckSeverity Severity, PluginProblem Problem)
{
    /// <summary>One line, as compilers write it: <c>file(line,column): warning CODE: message [plugin]</c>.</summary>
    public override string ToString()
    {
        var place = Problem.Line is null ? Problem.File : $"{Problem.File}({Problem.Line},{Problem.Column ?? 1})";
        return $"{place ?? Plugin}: {(Severity == CheckSeverity.Error ? "error" : "warning")} {Problem.Code}: {Problem.Message} [{Plugin}]";
    }
}
