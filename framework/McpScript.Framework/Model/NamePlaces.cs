using System.Text.RegularExpressions;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>
/// Finds the place in a plugin's scripts where a name occurs: as a text in quotes, or as a method or class of that name. A heuristic, for links in editors.
/// </summary>
/// <param name="image">Lists the scripts.</param>
sealed partial class NamePlaces(PluginImage image)
{
    readonly List<(string Path, string[] Lines)> _scripts =
        [
            .. image.Files.Where(file => file.Hash is not null && file.Path.EndsWith(".csx", StringComparison.OrdinalIgnoreCase))
                .Select(file => (file.Path, Read(file.Path))),
        ];

    /// <summary>Returns the problem with the place of a name; unchanged if the name is not found, or the problem has a place.</summary>
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

    /// <summary>Returns the problem with the place of the handler that it names, or else of the first name in it that is found.</summary>
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
            // Deleted since it was compiled: no place then.
            return [];
        }
    }

    [GeneratedRegex("(?:tool|prompt|resource|command|method) '([^']+)'|^Class (?<1>\\w+) ")]
    private static partial Regex Handler();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
