using System.Globalization;
using System.Text.Json.Nodes;
using McpScript.Configuration.Schema;
using McpScript.Configuration.Yaml;
using static McpScript.Configuration.Schema.KeySupport;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The tables of the <c>gate</c> section and those below it.</summary>
static class GateKeys
{
    const string Stray = "see the configuration reference for the known keys";

    static readonly ListType<string> Texts = new("a list of texts", Text);

    static readonly ScalarType<int> Digits = new(
        "6 or 8",
        (YamlScalar scalar, ReadContext _, out int value) =>
            int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is 6 or 8,
        schema: new() { ["enum"] = new JsonArray(6, 8) });

    static readonly SectionType<GateAuditSettings> Audit = new(
        "a mapping",
        [
            KeyTable<GateAuditSettings>.Key("enabled", new AnyType(), _ => null, (a, _) => a, null,
                "Has no effect.", support: Ignored),
            KeyTable<GateAuditSettings>.Key("log_blocked", Switch, a => a.LogBlocked, (a, v) => a with { LogBlocked = v }, "true",
                "A log line for each refused call."),
        ],
        Stray);

    static readonly SectionType<GateGroupSettings> Group = new(
        "a mapping",
        [
            KeyTable<GateGroupSettings>.Key("secret_ref", Text, g => g.SecretRef, (g, v) => g with { SecretRef = v }, null,
                "The name of the group's secret in the backend; by default the group's name."),
            KeyTable<GateGroupSettings>.Key("timeout", Seconds, g => g.Timeout, (g, v) => g with { Timeout = v }, "7200",
                "The time without a call after which the group is locked."),
            KeyTable<GateGroupSettings>.Key("algorithm",
                Word(("sha1", TotpAlgorithm.Sha1), ("sha256", TotpAlgorithm.Sha256), ("sha512", TotpAlgorithm.Sha512)),
                g => g.Algorithm, (g, v) => g with { Algorithm = v }, "sha1",
                "The hash function of the codes; some authenticators support only sha1."),
            KeyTable<GateGroupSettings>.Key("digits", Digits, g => g.Digits, (g, v) => g with { Digits = v }, "6",
                "The number of digits of a code."),
            KeyTable<GateGroupSettings>.Key("period", Number("a whole number of seconds from 15 to 300", 15, 300),
                g => (int)g.Period.TotalSeconds, (g, v) => g with { Period = TimeSpan.FromSeconds(v) }, "30",
                "The time for which the authenticator shows a code; some authenticators support only 30."),
            KeyTable<GateGroupSettings>.Key("tools", Texts, g => g.Tools, (g, v) => g with { Tools = v ?? [] }, "[]",
                "Patterns of the names of the tools in the group."),
            KeyTable<GateGroupSettings>.Key("plugins", Texts, g => g.Plugins, (g, v) => g with { Plugins = v ?? [] }, "[]",
                "Plugins with all tools in the group."),
        ],
        Stray);

    /// <summary>The <c>gate</c> section.</summary>
    public static SectionType<GateSettings> All { get; } = new("a mapping", [.. Rows()], Stray);

    static IEnumerable<SectionKey<GateSettings>> Rows() =>
    [
        KeyTable<GateSettings>.Key("enabled", Switch, g => g.Enabled, (g, v) => g with { Enabled = v }, "true",
            "False leaves guarded tools open."),
        KeyTable<GateSettings>.Key("secret_backend", Word(("env", SecretBackend.Env), ("file", SecretBackend.File), ("vaultwarden", SecretBackend.Vaultwarden)),
            g => g.SecretBackend, (g, v) => g with { SecretBackend = v }, "env",
            "The store of the secrets."),
        KeyTable<GateSettings>.Key("secret_file", FilePath, g => g.SecretFile, (g, v) => g with { SecretFile = v }, null,
            "The file of the file backend, relative to this file; by default ~/.mcp_gate_secrets."),
        KeyTable<GateSettings>.Key("vaultwarden_url", Url, g => g.VaultwardenUrl, (g, v) => g with { VaultwardenUrl = v }, null,
            "The URL of the vault."),
        KeyTable<GateSettings>.Key("vaultwarden_token", Secret, g => g.VaultwardenToken, (g, v) => g with { VaultwardenToken = v }, null,
            "The vault's access token."),
        KeyTable<GateSettings>.Key("vaultwarden_cache_ttl", Seconds, g => g.VaultwardenCacheTtl, (g, v) => g with { VaultwardenCacheTtl = v }, "3600",
            "The time for which a secret from the vault is cached; 0 for no caching."),
        KeyTable<GateSettings>.Key("session_idle_timeout", Seconds, g => g.SessionIdleTimeout, (g, v) => g with { SessionIdleTimeout = v }, "10800",
            "The time without a guarded call after which all unlocks of a caller end; 0 for never."),
        KeyTable<GateSettings>.Key("lockout_attempts", Number("a whole number from 1 to 100", 1, 100),
            g => g.Lockout.Attempts, (g, v) => g with { Lockout = g.Lockout with { Attempts = v } }, "5",
            "The number of wrong codes in a row after which a caller is locked out."),
        KeyTable<GateSettings>.Key("lockout_cooldown", Seconds, g => g.Lockout.Cooldown, (g, v) => g with { Lockout = g.Lockout with { Cooldown = v } }, "30",
            "The duration of the first lockout; each further one is twice as long."),
        KeyTable<GateSettings>.Key("lockout_cooldown_max", Seconds,
            g => g.Lockout.LongestCooldown, (g, v) => g with { Lockout = g.Lockout with { LongestCooldown = v } }, "900",
            "The longest duration of a lockout."),
        KeyTable<GateSettings>.Key("audit", Audit, g => g.Audit, (g, v) => g with { Audit = v }, null,
            "Log settings of the gate."),
        KeyTable<GateSettings>.Key("groups", new MapType<GateGroupSettings>("a mapping from group names to their settings", Group),
            g => g.Groups, (g, v) => g with { Groups = v }, "{}",
            "The groups of tools, by name.", live: true),
    ];
}
