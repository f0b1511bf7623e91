using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace McpScript.Configuration.Schema;

/// <summary>Description of one key of the configuration; used for reading, error texts and documentation.</summary>
public abstract class ConfigurationKey
{
    /// <summary>The key as written in YAML.</summary>
    public required string Name { get; init; }

    /// <summary>Its effect, in a sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>The expected value, such as <c>a port from 0 to 65535</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The default as written in YAML; null if there is none, or if <see cref="Description"/> explains it.</summary>
    public string? Default { get; init; }

    /// <summary>The environment variable that overrides it; null if there is none.</summary>
    public string? EnvironmentVariable { get; init; }

    /// <summary>True if a change takes effect in a running program.</summary>
    public bool AppliedLive { get; init; }

    /// <summary>The support of the key in this version.</summary>
    public KeySupport Support { get; init; }

    /// <summary>The keys below it; empty if it is not a section.</summary>
    public abstract ImmutableArray<ConfigurationKey> Keys { get; }

    /// <summary>
    /// The placeholder between it and the keys below it, <c>&lt;name&gt;</c>, if the operator chooses names there; null if not.
    /// </summary>
    public abstract string? Member { get; }

    /// <summary>A new JSON Schema of its values, with its description.</summary>
    public abstract JsonObject Schema { get; }
}
