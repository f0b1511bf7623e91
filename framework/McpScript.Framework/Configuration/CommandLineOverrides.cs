using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>What the command line says about the configuration; null and empty for what it does not say.</summary>
public sealed record CommandLineOverrides
{
    /// <summary>The program's own settings where nobody says otherwise; null for the usual ones.</summary>
    public McpScriptConfig? BuiltIn { get; init; }

    /// <summary><c>--config</c>: the YAML file, relative to the working directory.</summary>
    public string? ConfigFile { get; init; }

    /// <summary><c>--autoload</c>: replaces the file's list.</summary>
    public ImmutableArray<string>? Autoload { get; init; }

    /// <summary><c>--plugins</c>: what mcp-factory loads.</summary>
    public ImmutableArray<string>? PluginsLoad { get; init; }

    /// <summary><c>--http</c>: HTTP on this port.</summary>
    public int? HttpPort { get; init; }

    /// <summary><c>--health-port</c>.</summary>
    public int? HealthPort { get; init; }

    /// <summary><c>--mgmt-port</c>.</summary>
    public int? ManagementPort { get; init; }

    /// <summary><c>--mgmt-token</c>.</summary>
    public string? ManagementToken { get; init; }

    /// <summary><c>--plugin-dir</c>, relative to the working directory: replaces the file's list.</summary>
    public ImmutableArray<string> PluginDirs { get; init; } = [];

    /// <summary><c>--watch</c>.</summary>
    public bool Watch { get; init; }

    /// <summary><c>--strict</c>.</summary>
    public bool Strict { get; init; }

    /// <summary><c>--no-cache</c>.</summary>
    public bool NoCache { get; init; }

    /// <summary>Says nothing of the values: one of them is a secret.</summary>
    public override string ToString() => nameof(CommandLineOverrides);
}
