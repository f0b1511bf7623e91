using System.CommandLine;
using McpScript.CommandLine;
using McpScript.Configuration;

namespace McpScript.Factory;

/// <summary>Options of <c>mcp-factory</c>.</summary>
sealed class FactoryOptions
{
    readonly ServerOptions _server = new();
    readonly Option<string[]> _plugins = new("--plugins", "-p")
    {
        Description = "Plugins to load, instead of the configuration's.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_plugins);
        _server.AddTo(command);
    }

    /// <summary>Returns the values of the options.</summary>
    public CommandLineOverrides Read(ParseResult parsed) => _server.Read(parsed) with
    {
        PluginsLoad = parsed.GetResult(_plugins) is { Implicit: false } ? [.. parsed.GetValue(_plugins) ?? []] : null,
    };
}
