using System.Text.RegularExpressions;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>
/// Finds where in a plugin's scripts a name is given: as a text in quotes, or as a method of that name. A good guess, for people to click on.
/// </summary>
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
        var places = new[] { $"\"{Regex.Escape(name)}\"", $@"\b{Regex.Escape(name)}\s*(<[^>]*>)?\s*\(", $@"\bclass\s+{Regex.Escape(name)}\b" };
        foreach (var pattern in places)
            foreach (var (path, lines) in _scripts)
                for (var line = 0; line < lines.Length; line++)
                    if (Regex.Match(lines[line], pattern) is { Success: true } found && !lines[line].TrimStart().StartsWith("//", StringComparison.Ordinal))
                        return problem with { File = path, Line = line + 1, Column = found.Index + 1, SourceLine = lines[line] };
        return problem;
    }

    /// <summary>The problem, at the place of the handler that it is about, or else of the first name in it that is found.</summary>
    public PluginProblem Put(PluginProblem problem)
    {
        var handlers = Handler().Matches(problem.Message).Select(match => match.Groups[1].Value);
        var names = Quoted().Matches(problem.Message).Select(match => match.Groups[1].Value);
        return handlers.Concat(names).Select(name => Put(problem, name)).FirstOrDefault(placed => placed.Line is not null) ?? problem;
    }

    static string[] Read(string path)
    {
        try
        {
            return RegularFile.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was compiled: no place then.
            return [];
        }
    }

    [GeneratedRegex("(?:tool|prompt|resource|command|method) '([^']+)'|^Class (?<1>\\w+) ")]
    private static partial Regex Handler();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
