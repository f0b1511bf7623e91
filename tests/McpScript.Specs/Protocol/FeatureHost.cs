using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Client;

namespace McpScript.Specs.Protocol;

/// <summary>One server with all demos of <c>scripts-plugins/examples/features</c>, reached in every way.</summary>
public sealed class FeatureHost : IAsyncLifetime
{
    HttpTestHost? _http;

    /// <summary>The server.</summary>
    public TestHost Host { get; private set; } = null!;

    static string Folder => Path.Combine(BuiltProgram.DemoPlugins, "examples", "features");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync([.. Directory.GetFiles(Folder, "*.csx").Select(file => (Path.GetFileName(file), File.ReadAllText(file)))]);
        _http = await HttpTestHost.StartAsync(Host);
    }

    /// <summary>Connects a client.</summary>
    public Task<McpClient> ConnectAsync(Way way, Action<McpClientOptions>? configure = null) =>
        way.IsHttp() ? _http!.ConnectAsync(way.Revision(), configure) : Host.ConnectAsync(way.Revision(), configure);

    /// <summary>Connects a client without an SDK.</summary>
    public async Task<RawClient> ConnectRawAsync(Way way) =>
        way.IsHttp() ? await RawHttp.ConnectAsync(_http!.Url, way.Revision()) : await Host.ConnectRawAsync(way.Revision());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_http is not null)
            await _http.DisposeAsync();
        await Host.DisposeAsync();
    }
}
