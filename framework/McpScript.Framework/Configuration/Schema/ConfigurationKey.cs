using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace McpScript.Configuration.Schema;

/// <summary>What there is to know about one key of the configuration: what reading, error texts and documentation go by.</summary>
public abstract class ConfigurationKey
{
    /// <summary>The key as it stands in YAML.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in a sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>What it must be: <c>a port from 0 to 65535</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>What holds without it, as it would be written in YAML; null if that is nothing, or what <see cref="Description"/> says.</summary>
    public string? Default { get; init; }

    /// <summary>The environment variable that overrides it; null if there is none.</summary>
    public string? EnvironmentVariable { get; init; }

    /// <summary>True if a change takes effect in a running program.</summary>
    public bool AppliedLive { get; init; }

    /// <summary>Whether it does something in this version.</summary>
    public KeySupport Support { get; init; }

    /// <summary>The keys below it; empty if it is no section.</summary>
    public abstract ImmutableArray<ConfigurationKey> Keys { get; }

    /// <summary>
    /// What stands between it and the keys below it, if these belong to names that the operator chooses: <c>&lt;name&gt;</c>; null if they do not.
    /// </summary>
    public abstract string? Member { get; }

    /// <summary>Its values as JSON Schema, with its description; made anew each time.</summary>
    public abstract JsonObject Schema { get; }
}
