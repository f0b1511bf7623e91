using System.Collections.Immutable;
using McpScript.Model;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>Conversion of compiler diagnostics to problems, with their places in the author's files.</summary>
static class ScriptProblems
{
    const int Limit = 20;

    /// <summary>Converts the errors: those of the script first, in the order of their lines, at most 20.</summary>
    public static ImmutableArray<PluginProblem> Of(IEnumerable<Diagnostic> diagnostics, string main)
    {
        var errors = ScriptRules.WithoutConsequences([.. diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)])
            .OrderBy(error => error.Location.SourceTree?.FilePath != main)
            .ThenBy(error => error.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(error => error.Location.SourceSpan.Start)
            .Select(error => At(error.Location, error.Id, ScriptRules.Explained(error)))
            .Distinct()
            .ToList();
        return errors.Count <= Limit
            ? [.. errors]
            : [.. errors.Take(Limit), new PluginProblem($"… and {errors.Count - Limit} more errors. Fix the first ones; the others may follow from them.")];
    }

    /// <summary>Creates a problem at a place.</summary>
    public static PluginProblem At(Location location, string code, string message)
    {
        if (location.SourceTree is not { } tree)
            return WithoutTree(location.GetLineSpan(), code, message);
        var mapped = location.GetMappedLineSpan();   // The place that a #line directive gives, else the real one.
        var line = tree.GetText().Lines[location.GetLineSpan().StartLinePosition.Line];
        return new PluginProblem(
            message,
            code,
            Path.GetFullPath(mapped.Path, Path.GetDirectoryName(tree.FilePath)!),
            mapped.StartLinePosition.Line + 1,
            mapped.StartLinePosition.Character + 1,
            line.ToString());
    }

    // Diagnostics of a source generator have a place, but no syntax tree.
    static PluginProblem WithoutTree(FileLinePositionSpan place, string code, string message)
    {
        if (!place.IsValid || place.Path.Length == 0)
            return new PluginProblem(message, code);
        var line = place.StartLinePosition.Line + 1;
        return new PluginProblem(message, code, place.Path, line, place.StartLinePosition.Character + 1, ExceptionText.LineOf(place.Path, line));
    }
}
