using System.Text.RegularExpressions;
using McpScript.Plugins;

namespace McpScript.Checking;

/// <summary>Finds where in a plugin's scripts a name is given: as a text in quotes, or as a method of that name. A good guess, for people to click on.</summary>
/// <param name="image">Knows the scripts.</param>
sealed partial class NamePlaces(PluginImage image)
{
    readonly List<(string Path, string[] Lines)> _scripts =
        [.. image.Files.Where(file => file.Hash is not null && file.Path.EndsWith(".csx", StringComparison.OrdinalIgnoreCase)).Select(file => (file.Path, Read(file.Path)))];

    /// <summary>The problem, at the place of a name; as it is if the name is nowhere, or the problem has a place.</summary>
    public PluginProblem Put(PluginProblem problem, string? name)
    {
        if (problem.Line is not null || name is null)
            return problem;
        var places = new[] { $"\"{Regex.Escape(name)}\"", $@"\b{Regex.Escape(name)}\s*\(" };
        foreach (var pattern in places)
            foreach (var (path, lines) in _scripts)
                for (var line = 0; line < lines.Length; line++)
                    if (Regex.Match(lines[line], pattern) is { Success: true } found && !lines[line].TrimStart().StartsWith("//", StringComparison.Ordinal))
                        return problem with { File = path, Line = line + 1, Column = found.Index + 1, SourceLine = lines[line] };
        return problem;
    }

    /// <summary>The problem, at the place of the first name that it speaks of.</summary>
    public PluginProblem Put(PluginProblem problem) =>
        Quoted().Match(problem.Message) is { Success: true } quoted ? Put(problem, quoted.Groups[1].Value) : problem;

    static string[] Read(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was compiled: no place then.
            return [];
        }
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
