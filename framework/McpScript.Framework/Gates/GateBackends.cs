using McpScript.Configuration;
using McpScript.FileSystem;

namespace McpScript.Gates;

/// <summary>Creates the configured secret backend.</summary>
static class GateBackends
{
    /// <summary>Returns the backend.</summary>
    /// <param name="settings">The settings of the gate.</param>
    /// <param name="http">Creates HTTP clients for a vault.</param>
    /// <param name="time">The clock.</param>
    /// <param name="home">The user's home folder; null for that of the process.</param>
    public static IGateSecrets Open(GateSettings settings, IHttpClientFactory http, TimeProvider time, string? home = null) => settings.SecretBackend switch
    {
        SecretBackend.Env => new EnvironmentSecrets(),
        SecretBackend.File => new SecretFile(PathOf(settings, home)),
        _ => new VaultwardenSecrets(
            http,
            settings.VaultwardenUrl ?? throw new ArgumentException(GateSettings.NeedsVault, nameof(settings)),
            settings.VaultwardenToken is { Length: > 0 } token ? token : throw new ArgumentException(GateSettings.NeedsVault, nameof(settings)),
            settings.VaultwardenCacheTtl, time),
    };

    /// <summary>Returns the path of the file backend's file.</summary>
    public static string PathOf(GateSettings settings, string? home = null) =>
        settings.SecretFile ?? SecretFile.DefaultPath(home ?? ProcessEnvironment.Home(ProcessEnvironment.Variables()));
}
