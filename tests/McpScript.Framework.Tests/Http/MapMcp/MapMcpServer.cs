using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>A plain server of ModelContextProtocol.AspNetCore for both eras, with the event store of the package.</summary>
sealed class MapMcpServer : IHttpServerUnderTest
{
    readonly WebApplication _app;
    readonly TestServers _servers;

    MapMcpServer(WebApplication app, TestServers servers, OpenRequests requests)
    {
        (_app, _servers, Requests) = (app, servers, requests);
        Url = new Uri(new Uri(app.Urls.First()), "/mcp");
        Http = Raw.Client();
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public McpServerPrimitiveCollection<McpServerTool> Tools => _servers.Tools;

    public OpenRequests Requests { get; }

    public TimeSpan Patience => TimeSpan.FromSeconds(1);

    public static async Task<IHttpServerUnderTest> StartAsync(ServerSettings settings)
    {
        var (servers, requests) = (new TestServers(), new OpenRequests());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(settings.Time).AddDistributedMemoryCache();
        builder.Services.AddMcpServer(options => options.ToolCollection = servers.Tools)
            .WithHttpTransport(options => Configure(options, settings))
            .WithDistributedCacheEventStreamStore(options => options.StreamReaderPollingInterval = settings.StoreInterval);
        var app = builder.Build();
        requests.Watch(app);
        app.MapMcp("/mcp");
        await app.StartAsync();
        return new MapMcpServer(app, servers, requests);
    }

    public Task StopAsync() => _app.StopAsync();

    public void Check<T>(string point, T right, T fault, T observed)
    {
        if (EqualityComparer<T>.Default.Equals(right, observed))
            Assert.Fail($"Point {point} is struck: MapMcp does this now; see docs/decisions/mapmcp.md.");
        Assert.Equal(fault, observed);
    }

    public async ValueTask DisposeAsync()
    {
        _servers.Door.Open();
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    static void Configure(HttpServerTransportOptions options, ServerSettings settings)
    {
        options.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
        options.MaxIdleSessionCount = settings.MaxSessions;
        options.TimeProvider = settings.Time;
        if (settings.OwnTools is { } tools)
            options.ConfigureSessionOptions = (_, server, _) =>
            {
                server.ToolCollection = tools;
                return Task.CompletedTask;
            };
    }
}
