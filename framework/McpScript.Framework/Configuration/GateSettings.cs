using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>The <c>gate</c> section: a second factor for groups of tools.</summary>
public sealed record GateSettings
{
    internal const string NeedsVault = "'gate.secret_backend: vaultwarden' requires 'gate.vaultwarden_url' and 'gate.vaultwarden_token'";

    /// <summary><c>enabled</c>: false leaves guarded tools open.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>secret_backend</c>.</summary>
    public SecretBackend SecretBackend { get; init; }

    /// <summary><c>secret_file</c>: an absolute path; null for <c>~/.mcp_gate_secrets</c>.</summary>
    public string? SecretFile { get; init; }

    /// <summary><c>vaultwarden_url</c>.</summary>
    public Uri? VaultwardenUrl { get; init; }

    /// <summary><c>vaultwarden_token</c>.</summary>
    public string? VaultwardenToken { get; init; }

    /// <summary><c>vaultwarden_cache_ttl</c>: how long a secret is cached; zero for no caching. Default: 1 hour.</summary>
    public TimeSpan VaultwardenCacheTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>session_idle_timeout</c>: the time without a guarded call after which a caller's unlocks end; zero for never. Default: 3 hours.</summary>
    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromHours(3);

    /// <summary><c>lockout_attempts</c>, <c>lockout_cooldown</c>, <c>lockout_cooldown_max</c>.</summary>
    public GateLockout Lockout { get; init; } = new(5, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15));

    /// <summary><c>audit</c>.</summary>
    public GateAuditSettings Audit { get; init; } = new();

    /// <summary><c>groups</c>, by name.</summary>
    public ImmutableSortedDictionary<string, GateGroupSettings> Groups { get; init; } =
        ImmutableSortedDictionary.Create<string, GateGroupSettings>(StringComparer.Ordinal);

    /// <summary>Omits all secret values.</summary>
    public override string ToString() => $"{nameof(GateSettings)} {{ Enabled = {Enabled}, Groups = {Groups.Count} }}";
}
