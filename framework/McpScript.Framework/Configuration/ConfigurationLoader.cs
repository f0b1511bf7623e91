using System.Collections.Immutable;
using System.Globalization;
using McpScript.Configuration.Schema;
using McpScript.Configuration.Yaml;
using McpScript.FileSystem;

namespace McpScript.Configuration;

/// <summary>Merges the layers of the configuration: built-in values, file, environment, command line; later layers override earlier ones.</summary>
sealed class ConfigurationLoader(CommandLineOverrides commandLine, IReadOnlyDictionary<string, string> environment, string workingDirectory)
{
    static readonly string[] DefaultFolders = ["plugins", "scripts-plugins"];
    readonly string _home = ProcessEnvironment.Home(environment);
    readonly List<ConfigurationProblem> _problems = [];
    readonly List<string> _warnings = [];

    /// <summary>Returns the merged configuration.</summary>
    /// <exception cref="ConfigurationException">One of the layers has problems; the exception lists all of them.</exception>
    public McpScriptConfig Load()
    {
        var config = FromCommandLine(FromEnvironment(FromFile(BuiltIn())));
        CheckPorts(config);
        Note(null, OAuthCheck.ProblemsOf(config).Select(problem => new YamlProblem(0, 0, problem)));
        Note(null, TlsCheck.ProblemsOf(config).Select(problem => new YamlProblem(0, 0, problem)));
        CheckGate(config);
        return _problems.Count == 0
            ? config with { Warnings = [.. _warnings.Distinct()], LoadedWith = commandLine }
            : throw new ConfigurationException([.. _problems]);
    }

    McpScriptConfig BuiltIn()
    {
        var config = commandLine.BuiltIn ?? new();
        if (!config.PluginDirs.IsEmpty)
            return config;
        var folders = DefaultFolders.Select(name => Path.GetFullPath(name, workingDirectory)).Where(Directory.Exists);
        return config with { PluginDirs = [.. folders] };
    }

    McpScriptConfig FromFile(McpScriptConfig config)
    {
        if (commandLine.ConfigFile is not { } written)
            return config;
        var path = new ReadContext(workingDirectory, _home).FullPath(written);
        var file = YamlFile.Read(path, environment);
        Note(path, file.Problems);
        var context = new ReadContext(Path.GetDirectoryName(path)!, _home);
        if (file.Mapping is { } mapping)
            config = ConfigurationKeys.All.Read(config, mapping, "", context);
        Note(path, context);
        return config with { ConfigFile = path };
    }

    McpScriptConfig FromEnvironment(McpScriptConfig config)
    {
        var context = new ReadContext(workingDirectory, _home);
        foreach (var key in ConfigurationKeys.All.Rows)
            if (key.EnvironmentVariable is { } variable && environment.GetValueOrDefault(variable) is { Length: > 0 } value)
                config = key.Read(config, YamlScalar.Given(value), key.Name, variable, context);
        EnvironmentVariableCheck.Check(environment.Keys, context);
        Note(null, context);
        return config;
    }

    McpScriptConfig FromCommandLine(McpScriptConfig config)
    {
        var context = new ReadContext(workingDirectory, _home);
        foreach (var (key, option, value) in Options())
            config = ConfigurationKeys.All.Find(key)!.Read(config, value, key, option, context);
        Note(null, context);
        return config;
    }

    IEnumerable<(string Key, string Option, YamlValue Value)> Options()
    {
        if (commandLine.Autoload is { } names)
            yield return ("autoload", "--autoload", YamlList.Given(names));
        if (commandLine.PluginsLoad is { } loaded)
            yield return ("plugins_load", "--plugins", YamlList.Given(loaded));
        if (commandLine.PluginDirs is { Length: > 0 } folders)
            yield return ("plugin_dirs", "--plugin-dir", YamlList.Given(folders));
        if (commandLine.HttpPort is not null)
            yield return ("transport", "--http", YamlScalar.Given("http"));
        (string, string, int?)[] ports =
        [
            ("port", "--http", commandLine.HttpPort),
            ("health_port", "--health-port", commandLine.HealthPort),
            ("management_port", "--mgmt-port", commandLine.ManagementPort),
        ];
        foreach (var (key, option, port) in ports)
            if (port is { } number)
                yield return (key, option, YamlScalar.Given(number.ToString(CultureInfo.InvariantCulture)));
        if (commandLine.ManagementToken is { } token)
            yield return ("management_token", "--mgmt-token", YamlScalar.Given(token));
        if (commandLine.Watch)
            yield return ("watch", "--watch", YamlScalar.Given("true"));
        if (commandLine.Strict)
            yield return ("strict", "--strict", YamlScalar.Given("true"));
        if (commandLine.NoCache)
            yield return ("compile_cache", "--no-cache", YamlScalar.Given("false"));
    }

    void CheckPorts(McpScriptConfig config)
    {
        if (config.Transport is not Transport.Http)
            return;
        if (config.HealthPort > 65535)
            Note(null, [new YamlProblem(0, 0, $"there is no port after 'port' {config.Port} for health; set 'health_port' to another one, or to off")]);
        (string Key, int Port)[] ports = [("port", config.Port), ("health_port", config.HealthPort ?? 0), ("management_port", config.ManagementPort)];
        foreach (var same in ports.Where(one => one.Port != 0).GroupBy(one => one.Port, one => $"'{one.Key}'").Where(group => group.Count() > 1))
            Note(null, [new YamlProblem(0, 0, $"{string.Join(" and ", same)} are {same.Key}; each needs a port of its own")]);
    }

    void CheckGate(McpScriptConfig config)
    {
        if (config.Gate is { Enabled: true, SecretBackend: SecretBackend.Vaultwarden } gate
            && (gate.VaultwardenUrl is null || gate.VaultwardenToken is not { Length: > 0 }))
            Note(config.ConfigFile, [new YamlProblem(0, 0, GateSettings.NeedsVault)]);
    }

    void Note(string? file, ReadContext context)
    {
        Note(file, context.Problems);
        _warnings.AddRange(context.Warnings);
    }

    void Note(string? file, IEnumerable<YamlProblem> problems) => _problems.AddRange(
        from problem in problems
        let hasPlace = problem.Line > 0
        select new ConfigurationProblem(file, hasPlace ? problem.Line : null, hasPlace ? problem.Column : null, problem.Message));
}
