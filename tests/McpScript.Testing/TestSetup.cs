using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Model;

namespace McpScript.Testing;

/// <summary>How a test wants its server.</summary>
public sealed record TestSetup
{
    /// <summary>Watch the folder; on by default.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>The autoload list; null for everything in the folder.</summary>
    public ImmutableArray<PluginReference>? Autoload { get; init; }

    /// <summary>Readies the folder before the server starts, beyond plain files.</summary>
    public Action<TestFolder> Prepare { get; init; } = _ => { };

    /// <summary>What the server itself offers beside its plugins.</summary>
    public Action<IPrimitiveBuilder> Offer { get; init; } = _ => { };

    /// <summary>What is handed to the server.</summary>
    public McpScriptServerOptions Options { get; init; } = new();

    /// <summary>The text of a configuration file, read as the program reads it; null for a configuration made in code.</summary>
    public string? ConfigYaml { get; init; }

    /// <summary>Changes the configuration.</summary>
    public Func<McpScriptConfig, McpScriptConfig> Configure { get; init; } = config => config;

    /// <summary>What the command line said.</summary>
    public CommandLineOverrides? CommandLine { get; init; }
}
