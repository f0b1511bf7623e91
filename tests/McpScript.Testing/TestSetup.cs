using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Model;

namespace McpScript.Testing;

/// <summary>Setup of a test host.</summary>
public sealed record TestSetup
{
    /// <summary>True to watch the folder; the default.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Plugins to load; null for all plugins in the folder.</summary>
    public ImmutableArray<PluginReference>? Autoload { get; init; }

    /// <summary>Prepares the folder before the server starts.</summary>
    public Action<TestFolder> Prepare { get; init; } = _ => { };

    /// <summary>Registers tools, prompts and resources of the server itself.</summary>
    public Action<IPrimitiveBuilder> Offer { get; init; } = _ => { };

    /// <summary>Options of the server.</summary>
    public McpScriptServerOptions Options { get; init; } = new();

    /// <summary>Text of a configuration file; null for a configuration without a file.</summary>
    public string? ConfigYaml { get; init; }

    /// <summary>Changes the configuration.</summary>
    public Func<McpScriptConfig, McpScriptConfig> Configure { get; init; } = config => config;

    /// <summary>Options of the command line; null for none.</summary>
    public CommandLineOverrides? CommandLine { get; init; }
}
