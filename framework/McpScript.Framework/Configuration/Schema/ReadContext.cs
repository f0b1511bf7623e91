using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>What reading values needs besides them, and what it finds wrong.</summary>
/// <param name="baseDirectory">What relative paths are relative to.</param>
/// <param name="home">What <c>~</c> stands for.</param>
sealed class ReadContext(string baseDirectory, string home)
{
    readonly List<YamlProblem> _problems = [];
    readonly List<string> _warnings = [];

    /// <summary>What makes the configuration unusable.</summary>
    public IReadOnlyList<YamlProblem> Problems => _problems;

    /// <summary>What the operator should know all the same.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Notes a problem at a place.</summary>
    public void Problem(YamlValue at, string message) => _problems.Add(new YamlProblem(at.Line, at.Column, message));

    /// <inheritdoc cref="Problem(YamlValue, string)"/>
    public void Problem(YamlEntry at, string message) => _problems.Add(new YamlProblem(at.Line, at.Column, message));

    /// <summary>Notes something that is no problem.</summary>
    public void Warn(string message) => _warnings.Add(message);

    /// <summary>The absolute path that a written one means.</summary>
    public string FullPath(string path)
    {
        var fromHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(fromHome ? Path.Join(home, path[1..]) : path, baseDirectory));
    }
}
