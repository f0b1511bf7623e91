using System.CommandLine;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>The options of <c>serve</c>, the same instances before and after the command's name.</summary>
sealed class ServeOptions
{
    readonly Option<string[]> _autoload = new("--autoload", "-a") { Description = "Plugins to load, instead of the configuration's list or everything in the folders.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
    readonly Option<int?> _http = CommonOptions.Port("--http", "Serve Streamable HTTP on this port instead of stdio; 0 takes free ports.");
    readonly Option<int?> _health = CommonOptions.Port("--health-port", "Port of the health endpoint; by default the HTTP port + 1.");
    readonly Option<bool> _watch = new("--watch") { Description = "Reload plugins as their files change." };
    readonly Option<bool> _strict = new("--strict") { Description = "End with exit code 1 if a wanted plugin cannot be loaded at start." };
    readonly Option<bool> _noCache = new("--no-cache") { Description = "Compile every script, and keep nothing of it for the next start." };

    /// <summary>Puts the options on a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _autoload, CommonOptions.Config, _http, _health, CommonOptions.ManagementPort, CommonOptions.Token, CommonOptions.Folders, _watch, _strict, _noCache })
            command.Options.Add(option);
    }

    /// <summary>What was said.</summary>
    public CommandLineOverrides Read(ParseResult parsed) => new()
    {
        Autoload = parsed.GetResult(_autoload) is { Implicit: false } ? [.. parsed.GetValue(_autoload) ?? []] : null,
        ConfigFile = parsed.GetValue(CommonOptions.Config),
        HttpPort = parsed.GetValue(_http),
        HealthPort = parsed.GetValue(_health),
        ManagementPort = parsed.GetValue(CommonOptions.ManagementPort),
        ManagementToken = parsed.GetValue(CommonOptions.Token),
        PluginDirs = [.. parsed.GetValue(CommonOptions.Folders) ?? []],
        Watch = parsed.GetValue(_watch),
        Strict = parsed.GetValue(_strict),
        NoCache = parsed.GetValue(_noCache),
    };
}
