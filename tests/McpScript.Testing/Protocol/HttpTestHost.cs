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

/// <summary>The real MCP endpoint over HTTP in front of a test host's server, on a free loopback port.</summary>
public sealed class HttpTestHost : IAsyncDisposable
{
    /// <summary>Header that authenticates a request for tests: a subject, or a subject and its issuer, separated by a blank.</summary>
    public const string UserHeader = "X-Test-User";

    readonly Listener _listener;
    readonly McpEndpoint _endpoint;
    readonly List<McpClient> _clients = [];

    HttpTestHost(Listener listener, McpEndpoint endpoint) => (_listener, _endpoint) = (listener, endpoint);

    /// <summary>URL for clients.</summary>
    public Uri Url => new($"http://127.0.0.1:{_listener.Port}/mcp");

    /// <summary>Open sessions.</summary>
    internal SessionStore Sessions => _endpoint.Sessions;

    /// <summary>Opens the endpoint. Dispose it before the test host.</summary>
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
        host.Server.Gate?.Pages.ServeAt(Task.FromResult<Uri?>(new($"http://127.0.0.1:{listener.Port}{UnlockPageEndpoints.Path}")));
        return new(listener, endpoint!);
    }

    /// <summary>Connects a client; in a session, returns when it receives notifications.</summary>
    /// <param name="revision">Required protocol revision; null for the newest.</param>
    /// <param name="configure">Changes the client options, such as handlers.</param>
    /// <param name="user">Authenticated user (<see cref="UserHeader"/>); null for an anonymous client.</param>
    public async Task<McpClient> ConnectAsync(string? revision = null, Action<McpClientOptions>? configure = null, string? user = null)
    {
        var handler = new ListeningHandler();
        var options = new McpClientOptions { ProtocolVersion = revision, DiscoverProbeTimeout = TestHost.Patience };
        configure?.Invoke(options);
        var transport = new HttpClientTransport(
            new()
            {
                Endpoint = Url,
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = user is null ? null : new Dictionary<string, string> { [UserHeader] = user },
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
        {
            var claim = user.Split(' ') is [var subject, var issuer] ? new Claim("sub", subject, null, issuer) : new Claim("sub", user);
            context.User = new(new ClaimsIdentity([claim], "test"));
        }
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
