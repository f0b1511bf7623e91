using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using McpScript.Catalogs;
using McpScript.Protocol;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http;

/// <summary>Servers with a handful of tools, all of one catalog, as the real factory makes them.</summary>
sealed class TestServers : IServerFactory
{
    readonly ListChangedNotifier _changes = new(NullLogger<ListChangedNotifier>.Instance);
    int _running;

    public Door Door { get; } = new();

    /// <summary>The number of servers that are not disposed.</summary>
    public int Running => Volatile.Read(ref _running);

    public McpServerPrimitiveCollection<McpServerTool> Tools { get; } = [];

    public TestServers()
    {
        Tools.Add(McpServerTool.Create((string text) => $"echo: {text}", new() { Name = "echo" }));
        Tools.Add(McpServerTool.Create((ClaimsPrincipal? user = null) => user?.Identity?.Name ?? "anonymous", new() { Name = "whoami" }));
        Tools.Add(McpServerTool.Create(async (CancellationToken ct) => { await Door.PassAsync(ct); return "through"; }, new() { Name = "wait" }));
        Tools.Add(McpServerTool.Create(async (IProgress<ProgressNotificationValue> progress, CancellationToken ct) =>
        {
            progress.Report(new() { Progress = 1, Total = 2 });
            await Door.PassAsync(ct);
            return "done";
        }, new() { Name = "progress" }));
        Tools.Add(McpServerTool.Create(async (RequestContext<CallToolRequestParams> context, CancellationToken ct) =>
        {
            await context.EnablePollingAsync(TimeSpan.FromMilliseconds(50), ct);
            await Door.PassAsync(ct);
            return "worth the wait";
        }, new() { Name = "poll" }));
        Tools.Add(McpServerTool.Create(async (McpServer server, CancellationToken ct) =>
            (await server.ElicitAsync(new ElicitRequestParams { Message = "Well?", RequestedSchema = new() }, ct)).Action, new() { Name = "ask" }));
        Tools.Add(Mirrored());
        Tools.Changed += (_, _) => _changes.Announce(ListKinds.Tools);
    }

    public McpServer Create(ITransport transport, IServiceProvider? services = null)
    {
        Interlocked.Increment(ref _running);
        var server = McpServer.Create(transport, new McpServerOptions
        {
            ServerInfo = new() { Name = "test", Version = "1" },
            ToolCollection = Tools,
            ScopeRequests = false,
            Handlers = new() { SubscriptionsListenHandler = _changes.ListenAsync },
        }, null, services);
        return new CountedServer(server, () => Interlocked.Decrement(ref _running));
    }

    public Task RunAsync(McpServer server, CancellationToken cancellationToken) => server.RunAsync(cancellationToken);

    /// <summary>A tool with parameters that are mirrored in headers.</summary>
    public static McpServerTool Mirrored(string name = "mirrored")
    {
        var schema = """
            {"type":"object","properties":{
              "region":{"type":"string","x-mcp-header":"Region"},
              "count":{"type":"integer","x-mcp-header":"Count"},
              "deep":{"type":"object","properties":{"flag":{"type":"boolean","x-mcp-header":"Flag"}}}}}
            """;
        return McpServerTool.Create(new MirroredFunction(name, JsonElement.Parse(schema)));
    }

    [Description("Has parameters that are mirrored in headers.")]
    sealed class MirroredFunction(string name, JsonElement schema) : AIFunction
    {
        public override string Name => name;
        public override JsonElement JsonSchema => schema;
        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new("mirrored");
    }
}
