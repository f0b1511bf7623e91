using McpScript.Http.Sessions;
using McpScript.Protocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>The endpoint of McpScript.Http.</summary>
sealed class OurServer(HttpHost host, OpenRequests requests) : IHttpServerUnderTest
{
    public Uri Url => host.Url;

    public HttpClient Http => host.Http;

    public McpServerPrimitiveCollection<McpServerTool> Tools => host.Servers.Tools;

    public OpenRequests Requests => requests;

    public TimeSpan Patience => Door.Patience;

    public static async Task<IHttpServerUnderTest> StartAsync(ServerSettings settings)
    {
        var requests = new OpenRequests();
        var host = await HttpHost.StartAsync(options => options with
        {
            Servers = settings.OwnTools is { } tools ? new OwnToolServers(tools) : options.Servers,
            Sessions = new SessionLimits { MaxSessions = settings.MaxSessions },
            Time = settings.Time,
        }, requests.Watch);
        return new OurServer(host, requests);
    }

    public Task StopAsync() => host.StopAsync();

    public void Check<T>(string point, T right, T fault, T observed) => Assert.Equal(right, observed);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    sealed class OwnToolServers(McpServerPrimitiveCollection<McpServerTool> tools) : IServerFactory
    {
        public McpServer Create(ITransport transport, IServiceProvider? services = null) =>
            McpServer.Create(transport, new McpServerOptions { ToolCollection = tools, ScopeRequests = false }, null, services);

        public Task RunAsync(McpServer server, CancellationToken cancellationToken) => server.RunAsync(cancellationToken);
    }
}
