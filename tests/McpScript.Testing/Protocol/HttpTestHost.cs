using System.Security.Claims;
using McpScript.Http.Endpoint;
using McpScript.Http.Guard;
using McpScript.Http.Hosting;
using McpScript.Http.Management;
using McpScript.Http.Sessions;
using McpScript.Testing.Processes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace McpScript.Testing.Protocol;

/// <summary>The real HTTP endpoint in front of a test host's server, on a free port of this machine.</summary>
public sealed class HttpTestHost : IAsyncDisposable
{
    /// <summary>The header that says who a request is from, as if he had been authenticated: a subject, or a subject, a blank and the issuer who knows it.</summary>
    public const string UserHeader = "X-Test-User";

    readonly Listener _listener;
    readonly McpEndpoint _endpoint;
    readonly List<McpClient> _clients = [];

    HttpTestHost(Listener listener, McpEndpoint endpoint) => (_listener, _endpoint) = (listener, endpoint);

    /// <summary>Where clients go.</summary>
    public Uri Url => new($"http://127.0.0.1:{_listener.Port}/mcp");

    /// <summary>The sessions that are open.</summary>
    internal SessionStore Sessions => _endpoint.Sessions;

    /// <summary>Opens the endpoint; the test host must live longer.</summary>
    internal static async Task<HttpTestHost> StartAsync(TestHost host, Func<McpEndpointOptions, McpEndpointOptions>? change = null)
    {
        var options = new McpEndpointOptions { Servers = host.Server.Servers };
        McpEndpoint? endpoint = null;
        var listener = await Listener.StartAsync(
            "MCP", "127.0.0.1", 0, app =>
            {
                app.Use(next => context => AuthenticateAsync(context, next));
                endpoint = app.MapMcp(change is null ? options : change(options));
                if (host.Server.Gate is { } gate)
                    app.MapUnlockPage(gate, HostAndOriginOptions.Loopback);
            }, NullLoggerFactory.Instance, TimeSpan.FromSeconds(2));
        host.Server.Gate?.Pages.Address = Task.FromResult<Uri?>(new($"http://127.0.0.1:{listener.Port}{UnlockPageEndpoints.Path}"));
        return new(listener, endpoint!);
    }

    /// <summary>Connects a client; in a session it hears from then on what the server tells it unasked.</summary>
    /// <param name="revision">A revision to insist on; null lets the client choose.</param>
    /// <param name="configure">Changes what the client offers, such as handlers.</param>
    /// <param name="user">Who the client is to the server, as if he had been authenticated.</param>
    public async Task<McpClient> ConnectAsync(string? revision = null, Action<McpClientOptions>? configure = null, string? user = null)
    {
        var handler = new ListeningHandler();
        var options = new McpClientOptions { ProtocolVersion = revision, DiscoverProbeTimeout = TestHost.Patience };
        configure?.Invoke(options);
        var transport = new HttpClientTransport(
            new()
            {
                Endpoint = Url, TransportMode = HttpTransportMode.StreamableHttp, AdditionalHeaders = user is null ? null : new Dictionary<string, string> { [UserHeader] = user },
            }, new HttpClient(handler), ownsHttpClient: true);
        var client = await McpClient.CreateAsync(transport, options).WaitAsync(TestHost.Patience);
        lock (_clients)
            _clients.Add(client);
        if (client.NegotiatedProtocolVersion != Era.Stateless)
            await handler.Listening;
        return client;
    }

    static Task AuthenticateAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers[UserHeader] is [{ Length: > 0 } user])
            context.User = new(new ClaimsIdentity([user.Split(' ') is [var subject, var issuer] ? new("sub", subject, null, issuer) : new("sub", user)], "test"));
        return next(context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _endpoint.DrainAsync(TimeSpan.Zero);
        await _listener.StopAsync();
        await _listener.DisposeAsync();
    }
}
