using System.Net;
using System.Security.Claims;
using McpScript.Http.Endpoint;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace McpScript.Framework.Tests.Http;

/// <summary>The endpoint on a real web server on a free port of this machine.</summary>
sealed class HttpHost : IServerAddress, IAsyncDisposable
{
    readonly WebApplication _app;

    HttpHost(WebApplication app, McpEndpoint endpoint, TestServers servers, ErrorLog errors)
    {
        (_app, Endpoint, Servers, Errors) = (app, endpoint, servers, errors);
        Base = new Uri(app.Urls.First());
        Url = new Uri(Base, "/mcp");
        Http = Raw.Client();
    }

    public McpEndpoint Endpoint { get; }
    public TestServers Servers { get; }
    public ErrorLog Errors { get; }
    public Uri Base { get; }
    public Uri Url { get; }
    public HttpClient Http { get; }
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts one. The header X-User makes a request that of an authenticated user.</summary>
    public static async Task<HttpHost> StartAsync(Func<McpEndpointOptions, McpEndpointOptions>? change = null, Action<WebApplication>? before = null)
    {
        var servers = new TestServers();
        var errors = new ErrorLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        before?.Invoke(app);
        app.Use((context, next) =>
        {
            if (context.Request.Headers["X-User"].ToString() is { Length: > 0 } user)
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", user), new Claim(ClaimTypes.Name, user)], "test"));
            return next(context);
        });
        var options = new McpEndpointOptions { Servers = servers };
        var endpoint = app.MapMcp(change is null ? options : change(options));
        await app.StartAsync();
        return new HttpHost(app, endpoint, servers, errors);
    }

    /// <summary>A client of the SDK, of the given revision.</summary>
    public Task<McpClient> ConnectAsync(string version, Action<McpClientOptions>? change = null)
    {
        var options = new McpClientOptions { ProtocolVersion = version, DiscoverProbeTimeout = TimeSpan.FromSeconds(60) };
        change?.Invoke(options);
        return McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = Url, TransportMode = HttpTransportMode.StreamableHttp }), options);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Servers.Door.Open();
        Http.Dispose();
        await Endpoint.DrainAsync(TimeSpan.Zero);
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
