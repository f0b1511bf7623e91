using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>Context for reading values: the base of paths, and the problems and warnings found.</summary>
/// <param name="baseDirectory">The base of relative paths.</param>
/// <param name="home">The folder for <c>~</c>.</param>
sealed class ReadContext(string baseDirectory, string home)
{
    readonly List<YamlProblem> _problems = [];
    readonly List<string> _warnings = [];

    /// <summary>Problems that make the configuration unusable.</summary>
    public IReadOnlyList<YamlProblem> Problems => _problems;

    /// <summary>Warnings for the operator.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds a problem with its place.</summary>
    public void Problem(YamlValue at, string message) => _problems.Add(new YamlProblem(at.Line, at.Column, message));

    /// <inheritdoc cref="Problem(YamlValue, string)"/>
    public void Problem(YamlEntry at, string message) => _problems.Add(new YamlProblem(at.Line, at.Column, message));

    /// <summary>Adds a warning.</summary>
    public void Warn(string message) => _warnings.Add(message);

    /// <summary>Returns the absolute path for a path as written.</summary>
    public string FullPath(string path)
    {
        var fromHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(fromHome ? Path.Join(home, path[1..]) : path, baseDirectory));
    }
}
