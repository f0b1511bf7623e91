using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Configuration.Yaml;
using McpScript.FileSystem;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Configuration;

/// <summary>
/// Finds a plugin's settings in <c>&lt;plugin-dir&gt;/&lt;name&gt;/config.yaml</c>, <c>~/mcp_plugins/&lt;name&gt;/config.yaml</c> and
/// <c>plugins.&lt;name&gt;</c>. The first one that exists is used alone; they are not merged. Safe for concurrent use.
/// </summary>
/// <param name="config">Returns the current configuration, which can change while the program runs.</param>
/// <param name="environment">The environment variables; null for those of the process.</param>
/// <param name="isPackage">Returns true for the id of an installed package; null if there are no packages.</param>
/// <param name="log">Receives one line for each key of a plugin's own file that has the name of a host key; null for no log.</param>
/// <remarks>The settings of a package are searched under its id, then under the last part of its id: <c>Contoso.Tools</c>, <c>Tools</c>.</remarks>
sealed partial class PluginSettingsSource(
    Func<McpScriptConfig> config, IReadOnlyDictionary<string, string>? environment = null, Func<PluginReference, bool>? isPackage = null,
    ILogger<PluginSettingsSource>? log = null) : IPluginSettingsSource
{
    static readonly string[] HostKeys = [.. PluginKeys.All.Keys.Select(key => key.Name)];
    readonly ConcurrentDictionary<(string File, string Key), bool> _reported = new();
    readonly IReadOnlyDictionary<string, string> _environment = environment ?? ProcessEnvironment.Variables();

    /// <inheritdoc/>
    public bool IsEnabled(PluginReference reference) => Entry(reference, config()).Enabled;

    /// <inheritdoc/>
    public PluginSettings Read(PluginReference reference)
    {
        var current = config();
        return ReadOwn(reference, current) with { Prefix = PrefixOf(reference, current) };
    }

    string? PrefixOf(PluginReference reference, McpScriptConfig current)
    {
        var prefix = Entry(reference, current).Prefix;
        return IsPackage(reference) && prefix == PluginPrefix.Automatic ? reference.LastPart : prefix.For(reference.Name, current.AutoPrefix);
    }

    PluginSettings ReadOwn(PluginReference reference, McpScriptConfig current)
    {
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
                    return Own(mapping, reference, path) with { Files = files.ToImmutable() };
            }
            if (current.Plugins.TryGetValue(name, out var entry))
                return new PluginSettings(entry.Settings, Origin(name, current), files.ToImmutable()) { Written = entry.Written };
        }
        return new PluginSettings([], Origin(reference.Name, current), files.ToImmutable());
    }

    // All keys of a plugin's own file are for the plugin, even those that the host reads in the main configuration.
    PluginSettings Own(YamlMapping mapping, PluginReference reference, string path)
    {
        foreach (var key in mapping.Entries.Select(entry => entry.Key).Where(HostKeys.Contains))
            if (log is not null && _reported.TryAdd((path, key), true))
                HostKey(log, key, path, reference.Name);
        var values = YamlJson.ToJson(mapping.Entries);
        return new PluginSettings(values, path, []) { Written = YamlJson.TextsOf(mapping.Entries, values) };
    }

    bool IsPackage(PluginReference reference) => isPackage?.Invoke(reference) ?? false;

    IEnumerable<string> NamesOf(PluginReference reference) =>
        IsPackage(reference) && reference.LastPart != reference.Name ? [reference.Name, reference.LastPart] : [reference.Name];

    PluginEntry Entry(PluginReference reference, McpScriptConfig current) =>
        current.Plugin(NamesOf(reference).FirstOrDefault(current.Plugins.ContainsKey) ?? reference.Name);

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
        where entry.Key == "gate"
        let message = "'gate' belongs in the main configuration (there is one gate for all plugins, at its top level), "
            + "not into a plugin's own file; move it there"
        select new YamlProblem(entry.Line, entry.Column, message);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "'{Key}' in '{File}' is read by the plugin itself. If it is meant for the host, write plugins.{Plugin}.{Key} in the main configuration.")]
    static partial void HostKey(ILogger log, string key, string file, string plugin);
}
