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
/// <param name="isPackage">True for the id of an installed package, about which something may be said under its last part; null if there are none.</param>
/// <remarks>Of a package, everything is looked for under its id, then under the last part of that: <c>Contoso.Tools</c>, <c>Tools</c>.</remarks>
public sealed class PluginSettingsSource(
    Func<McpScriptConfig> config, IReadOnlyDictionary<string, string>? environment = null, Func<PluginReference, bool>? isPackage = null) : IPluginSettingsSource
{
    static readonly string[] s_hostKeys = [.. PluginKeys.All.Keys.Select(key => key.Name), "gate"];
    readonly IReadOnlyDictionary<string, string> _environment = environment ?? ProcessEnvironment.Variables();

    /// <inheritdoc/>
    public bool IsEnabled(PluginReference reference) => Entry(reference, config()).Enabled;

    /// <inheritdoc/>
    public string? PrefixOf(PluginReference reference)
    {
        var current = config();
        var prefix = Entry(reference, current).Prefix;
        return IsPackage(reference) && prefix == PluginPrefix.Automatic ? reference.LastPart : prefix.For(reference.Name, current.AutoPrefix);
    }

    /// <inheritdoc/>
    public PluginSettings Read(PluginReference reference)
    {
        var current = config();
        var files = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (var name in NamesOf(reference))
        {
            foreach (var path in Candidates(name, current))
            {
                var file = YamlFile.Read(path, _environment);
                files.Add(file.Source);
                if (!file.IsMissing && Problems(file) is { Length: > 0 } problems)
                    throw new PluginLoadException(reference, PluginStage.Compile, problems) { Files = files.ToImmutable() };
                if (file.Mapping is { } mapping)
                    return new PluginSettings(YamlJson.ToJson(mapping.Entries), path, files.ToImmutable());
            }
            if (current.Plugins.TryGetValue(name, out var entry))
                return new PluginSettings(entry.Settings, Origin(name, current), files.ToImmutable());
        }
        return new PluginSettings([], Origin(reference.Name, current), files.ToImmutable());
    }

    bool IsPackage(PluginReference reference) => isPackage?.Invoke(reference) ?? false;

    IEnumerable<string> NamesOf(PluginReference reference) => IsPackage(reference) && reference.LastPart != reference.Name ? [reference.Name, reference.LastPart] : [reference.Name];

    PluginEntry Entry(PluginReference reference, McpScriptConfig current) => current.Plugin(NamesOf(reference).FirstOrDefault(current.Plugins.ContainsKey) ?? reference.Name);

    IEnumerable<string> Candidates(string plugin, McpScriptConfig current) => current.PluginDirs
        .Append(Path.Join(ProcessEnvironment.Home(_environment), "mcp_plugins"))
        .Select(folder => Path.Join(folder, plugin, "config.yaml"));

    static string Origin(string plugin, McpScriptConfig current) =>
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
