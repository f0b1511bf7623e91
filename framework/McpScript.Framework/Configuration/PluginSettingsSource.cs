using System.Collections.Immutable;
using McpScript.Configuration.Yaml;
using McpScript.Plugins;

namespace McpScript.Configuration;

/// <summary>
/// Finds a plugin's settings: <c>&lt;plugin-dir&gt;/&lt;name&gt;/config.yaml</c>, <c>~/mcp_plugins/&lt;name&gt;/config.yaml</c>,
/// <c>plugins.&lt;name&gt;</c>; the first that says something, alone.
/// </summary>
/// <param name="config">The configuration as it is now; it can change while the program runs.</param>
/// <param name="environment">The environment variables; null for those of the process.</param>
public sealed class PluginSettingsSource(Func<McpScriptConfig> config, IReadOnlyDictionary<string, string>? environment = null) : IPluginSettingsSource
{
    static readonly string[] s_hostKeys = [.. PluginKeys.All.Keys.Select(key => key.Name), "gate"];
    readonly IReadOnlyDictionary<string, string> _environment = environment ?? ProcessEnvironment.Variables();

    /// <inheritdoc/>
    public bool IsEnabled(PluginReference reference) => config().Plugin(reference.Name).Enabled;

    /// <inheritdoc/>
    public string? PrefixOf(PluginReference reference) => config() is var current ? current.Plugin(reference.Name).Prefix.For(reference.Name, current.AutoPrefix) : null;

    /// <inheritdoc/>
    public PluginSettings Read(PluginReference reference)
    {
        var current = config();
        var files = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (var path in Candidates(reference, current))
        {
            var file = YamlFile.Read(path, _environment);
            files.Add(file.Source);
            if (!file.IsMissing && Problems(file) is { Length: > 0 } problems)
                throw new PluginLoadException(reference, PluginStage.Compile, problems) { Files = files.ToImmutable() };
            if (file.Mapping is { } mapping)
                return new PluginSettings(YamlJson.ToJson(mapping.Entries), path, files.ToImmutable());
        }
        return new PluginSettings(current.Plugin(reference.Name).Settings, Origin(reference, current), files.ToImmutable());
    }

    IEnumerable<string> Candidates(PluginReference plugin, McpScriptConfig current) => current.PluginDirs
        .Append(Path.Join(ProcessEnvironment.Home(_environment), "mcp_plugins"))
        .Select(folder => Path.Join(folder, plugin.Name, "config.yaml"));

    static string Origin(PluginReference plugin, McpScriptConfig current) =>
        current.ConfigFile is { } file ? $"{file}: plugins.{plugin}" : $"plugins.{plugin} of the configuration";

    static ImmutableArray<PluginProblem> Problems(YamlFile file)
    {
        var lines = file.Text.Split('\n');
        return [.. file.Problems.Concat(Misplaced(file)).Select(problem => AsPluginProblem(problem, file.Source.Path, lines))];
    }

    static PluginProblem AsPluginProblem(YamlProblem problem, string path, string[] lines) => problem.Line == 0
        ? new PluginProblem(problem.Message, File: path)
        : new PluginProblem(problem.Message, null, path, problem.Line, problem.Column, lines.ElementAtOrDefault(problem.Line - 1)?.TrimEnd('\r'));

    static IEnumerable<YamlProblem> Misplaced(YamlFile file) =>
        from entry in file.Mapping?.Entries ?? []
        where s_hostKeys.Contains(entry.Key)
        let place = entry.Key == "gate" ? "there is one gate for all plugins, at its top level" : $"under 'plugins.<name>.{entry.Key}'"
        let message = $"'{entry.Key}' belongs into the main configuration ({place}), not into a plugin's own file; move it there"
        select new YamlProblem(entry.Line, entry.Column, message);
}
