using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>One entry of <c>gate.groups</c>: tools that are unlocked together.</summary>
public sealed record GateGroupSettings
{
    /// <summary><c>secret_ref</c>: the name of its secret in the backend; null for the group's name.</summary>
    public string? SecretRef { get; init; }

    /// <summary><c>timeout</c>: how long it stays open without a call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary><c>tools</c>: patterns of tool names.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary><c>plugins</c>: plugins all of whose tools belong to it.</summary>
    public ImmutableArray<string> Plugins { get; init; } = [];
}
