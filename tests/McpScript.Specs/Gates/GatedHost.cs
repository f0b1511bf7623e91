using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Gates;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Client;

namespace McpScript.Specs.Gates;

/// <summary>A server with a gate, on a clock and with secrets in the spec's hands, reached over HTTP.</summary>
sealed class GatedHost : IAsyncDisposable
{
    GatedHost(TestHost host, HttpTestHost http, KnownSecrets secrets, ManualClock time) => (Host, Http, Secrets, Time) = (host, http, secrets, time);

    public TestHost Host { get; }
    public HttpTestHost Http { get; }
    public KnownSecrets Secrets { get; }
    public ManualClock Time { get; }

    /// <summary>A server whose gate has these groups.</summary>
    public static Task<GatedHost> StartAsync(string[] groups, params (string Path, string Text)[] files) =>
        StartAsync(groups.ToDictionary(group => group, _ => new GateGroupSettings()), config => config, files);

    /// <summary>A server whose gate has these groups, configured further.</summary>
    public static async Task<GatedHost> StartAsync(
        IReadOnlyDictionary<string, GateGroupSettings> groups, Func<McpScriptConfig, McpScriptConfig> configure, params (string Path, string Text)[] files)
    {
        var (secrets, time) = (new KnownSecrets(), new ManualClock());
        var host = await TestHost.StartAsync(new TestSetup
        {
            Watch = false,
            Options = new() { GateSecrets = secrets, Time = time },
            Configure = config => configure(config with { Gate = new() { Groups = groups.ToImmutableSortedDictionary() } }),
        }, files);
        return new(host, await HttpTestHost.StartAsync(host), secrets, time);
    }

    /// <summary>A client with a session of its own.</summary>
    public Task<McpClient> SessionAsync(string? user = null) => Http.ConnectAsync(Era.Sessions, user: user);

    /// <summary>A client without.</summary>
    public Task<McpClient> StatelessAsync(string? user = null, Action<McpClientOptions>? configure = null) => Http.ConnectAsync(Era.Stateless, configure, user);

    /// <summary>The code of a group now, or some steps from now.</summary>
    public string Code(string group, int step = 0) => Secrets.Code(group, Time.GetUtcNow() + step * Totp.Default.Step);

    /// <summary>A wrong code.</summary>
    public string Wrong(string group) => Secrets.Wrong(group, Time.GetUtcNow());

    /// <summary>Lets the next code come.</summary>
    public void NextCode() => Time.Advance(Totp.Default.Step);

    /// <summary>Unlocks a group for a client; returns what the gate says.</summary>
    public Task<string> UnlockAsync(McpClient client, string group) => client.TextAsync("gate_unlock", new { group, code = Code(group) });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Http.DisposeAsync();
        await Host.DisposeAsync();
    }
}
