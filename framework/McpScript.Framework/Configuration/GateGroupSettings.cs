using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>One entry of <c>gate.groups</c>: tools that are unlocked together.</summary>
public sealed record GateGroupSettings
{
    /// <summary><c>secret_ref</c>: the name of the group's secret in the backend; null for the group's name.</summary>
    public string? SecretRef { get; init; }

    /// <summary><c>timeout</c>: the time without a call after which the group is locked. Default: 2 hours.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary><c>algorithm</c>: the hash function of the codes. Default: SHA-1.</summary>
    public TotpAlgorithm Algorithm { get; init; }

    /// <summary><c>digits</c>: the number of digits of a code, 6 or 8. Default: 6.</summary>
    public int Digits { get; init; } = 6;

    /// <summary><c>period</c>: the time for which the authenticator shows a code, in whole seconds from 15 to 300. Default: 30 seconds.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>tools</c>: patterns of tool names.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary><c>plugins</c>: plugins with all tools in the group.</summary>
    public ImmutableArray<string> Plugins { get; init; } = [];
}
