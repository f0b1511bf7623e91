using System.CommandLine;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>The options of <c>serve</c>, the same instances before and after the command's name.</summary>
sealed class ServeOptions
{
    readonly Option<string[]> _autoload = new("--autoload", "-a") { Description = "Plugins to load, instead of the configuration's list or everything in the folders.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
    readonly Option<string> _config = new("--config", "-c") { Description = "YAML configuration file.", HelpName = "FILE" };
    readonly Option<int?> _http = Port("--http", "Serve Streamable HTTP on this port instead of stdio; 0 takes free ports.");
    readonly Option<int?> _health = Port("--health-port", "Port of the health endpoint; by default the HTTP port + 1.");
    readonly Option<int?> _management = Port("--mgmt-port", "Port of the management API; by default 12299, with stdio a free one.");
    readonly Option<string> _token = new("--mgmt-token") { Description = "Bearer token that the management API asks for.", HelpName = "TOKEN" };
    readonly Option<string[]> _folders = new("--plugin-dir", "-d") { Description = "Plugin folder; may be given several times. By default ./plugins and ./scripts-plugins.", HelpName = "DIR" };
    readonly Option<bool> _watch = new("--watch") { Description = "Reload plugins as their files change." };
    readonly Option<bool> _strict = new("--strict") { Description = "End with exit code 1 if a wanted plugin cannot be loaded at start." };

    /// <summary>Puts the options on a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _autoload, _config, _http, _health, _management, _token, _folders, _watch, _strict })
            command.Options.Add(option);
    }

    /// <summary>What was said.</summary>
    public CommandLineOverrides Read(ParseResult parsed) => new()
    {
        Autoload = parsed.GetResult(_autoload) is { Implicit: false } ? [.. parsed.GetValue(_autoload) ?? []] : null,
        ConfigFile = parsed.GetValue(_config),
        HttpPort = parsed.GetValue(_http),
        HealthPort = parsed.GetValue(_health),
        ManagementPort = parsed.GetValue(_management),
        ManagementToken = parsed.GetValue(_token),
        PluginDirs = [.. parsed.GetValue(_folders) ?? []],
        Watch = parsed.GetValue(_watch),
        Strict = parsed.GetValue(_strict),
    };

    static Option<int?> Port(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "PORT" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var port) && port is < 0 or > 65535)
                result.AddError($"{name} takes a port from 0 to 65535, not {port}.");
        });
        return option;
    }
}
