using ModelContextProtocol.Client;

namespace McpScript.Testing.Protocol;

/// <summary>A test host whose clients all use the same transport and protocol era.</summary>
public sealed class ReachedHost : IAsyncDisposable
{
    readonly Way _way;
    readonly HttpTestHost? _http;

    ReachedHost(Way way, TestHost host, HttpTestHost? http) => (_way, Host, _http) = (way, host, http);

    /// <summary>Server and plugin folder.</summary>
    public TestHost Host { get; }

    /// <summary>Transport and protocol era of the clients.</summary>
    public Way Way => _way;

    /// <summary>Starts a server that watches a folder with files.</summary>
    public static Task<ReachedHost> StartAsync(Way way, params (string Path, string Text)[] files) => StartAsync(way, new TestSetup(), files);

    /// <summary>Starts a server with a setup on a folder with files.</summary>
    public static async Task<ReachedHost> StartAsync(Way way, TestSetup setup, params (string Path, string Text)[] files)
    {
        var host = await TestHost.StartAsync(setup, files);
        return new(way, host, way.IsHttp() ? await HttpTestHost.StartAsync(host) : null);
    }

    /// <summary>Connects a client.</summary>
    public Task<McpClient> ConnectAsync(Action<McpClientOptions>? configure = null) =>
        _http is null ? Host.ConnectAsync(_way.Revision(), configure) : _http.ConnectAsync(_way.Revision(), configure);

    /// <summary>Connects a client without an SDK.</summary>
    public async Task<RawClient> ConnectRawAsync() =>
        _http is null ? await Host.ConnectRawAsync(_way.Revision()) : await RawHttp.ConnectAsync(_http.Url, _way.Revision());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_http is not null)
            await _http.DisposeAsync();
        await Host.DisposeAsync();
    }
}
