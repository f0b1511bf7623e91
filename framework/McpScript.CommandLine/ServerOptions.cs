using System.CommandLine;
using McpScript.Configuration;

namespace McpScript.CommandLine;

/// <summary>The options of all programs that serve plugins.</summary>
sealed class ServerOptions
{
    /// <summary><c>--config</c></summary>
    public static Option<string> Config { get; } = new("--config", "-c") { Description = "YAML configuration file.", HelpName = "FILE" };

    /// <summary><c>--plugin-dir</c></summary>
    public static Option<string[]> PluginDirs { get; } = new("--plugin-dir", "-d")
    {
        Description = "Plugin folder; may be given several times. By default ./plugins and ./scripts-plugins.", HelpName = "DIR",
    };

    readonly Option<int?> _http = PortOption.Create("--http", "Serve Streamable HTTP on this port instead of stdio; 0 takes free ports.");
    readonly Option<int?> _health = PortOption.Create("--health-port", "Port of the health endpoint; by default the HTTP port + 1.");
    readonly Option<bool> _strict = new("--strict") { Description = "End with exit code 1 if a plugin cannot be loaded at start." };
    readonly Option<bool> _noCache = new("--no-cache") { Description = "Compile every script, and do not cache the result for the next start." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Config, _http, _health, PluginDirs, _strict, _noCache })
            command.Options.Add(option);
    }

    /// <summary>Returns the values of the options.</summary>
    public CommandLineOverrides Read(ParseResult parsed) => new()
    {
        ConfigFile = parsed.GetValue(Config),
        HttpPort = parsed.GetValue(_http),
        HealthPort = parsed.GetValue(_health),
        PluginDirs = [.. parsed.GetValue(PluginDirs) ?? []],
        Strict = parsed.GetValue(_strict),
        NoCache = parsed.GetValue(_noCache),
    };
}
