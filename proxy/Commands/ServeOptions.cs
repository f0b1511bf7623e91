using System.CommandLine;
using McpScript.CommandLine;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>Options of <c>serve</c>, shared by the root command, so that they may stand before or after the command's name.</summary>
sealed class ServeOptions
{
    readonly ServerOptions _server = new();
    readonly Option<string[]> _autoload = new("--autoload", "-a")
    {
        Description = "Plugins to load, instead of the configuration's list or everything in the folders.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "NAME",
    };

    readonly Option<bool> _watch = new("--watch") { Description = "Reload plugins as their files change." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _server.AddTo(command);
        foreach (var option in new Option[] { _autoload, CommonOptions.ManagementPort, CommonOptions.Token, _watch })
            command.Options.Add(option);
    }

    /// <summary>Returns the values of the options.</summary>
    public CommandLineOverrides Read(ParseResult parsed) => _server.Read(parsed) with
    {
        Autoload = parsed.GetResult(_autoload) is { Implicit: false } ? [.. parsed.GetValue(_autoload) ?? []] : null,
        ManagementPort = parsed.GetValue(CommonOptions.ManagementPort),
        ManagementToken = parsed.GetValue(CommonOptions.Token),
        Watch = parsed.GetValue(_watch),
    };
}
