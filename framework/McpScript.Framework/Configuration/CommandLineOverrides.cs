using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>Options of the command line that override the configuration; null or empty for options that are not given.</summary>
public sealed record CommandLineOverrides
{
    /// <summary>The program's own defaults; null for the general ones.</summary>
    public McpScriptConfig? BuiltIn { get; init; }

    /// <summary><c>--config</c>: the YAML file, relative to the working directory.</summary>
    public string? ConfigFile { get; init; }

    /// <summary><c>--autoload</c>: replaces the file's list.</summary>
    public ImmutableArray<string>? Autoload { get; init; }

    /// <summary><c>--plugins</c>: the plugins that mcp-factory loads.</summary>
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

    /// <summary>Omits all values: one of them is a secret.</summary>
    public override string ToString() => nameof(CommandLineOverrides);
}
