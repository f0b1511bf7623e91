using McpScript.Catalogs;
using McpScript.Invocation;
using McpScript.Logging;
using McpScript.Protocol.Requests;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>Factory of MCP servers over the same catalog and handlers: one for each session, one for each stateless request. Thread-safe.</summary>
sealed class McpServers : IServerFactory
{
    readonly McpServerOptions _stateless;
    readonly CurrentCatalog _served;
    readonly CallPipeline _toolCalls;
    readonly ListChangedNotifier _changes;
    readonly ServingOptions _serving;
    readonly ILoggerFactory _loggers;
    readonly IncomingRequests _requests;
    readonly ServedPrompts _prompts;
    readonly ServedResources _resources;
    readonly ServedCompletions _completions;

    /// <param name="served">The catalog.</param>
    /// <param name="toolCalls">Filters of each tool call.</param>
    /// <param name="calls">Runs plugin code.</param>
    /// <param name="changes">Sends list changes.</param>
    /// <param name="serving">Name, version, instructions and page size.</param>
    /// <param name="loggers">The loggers of the SDK.</param>
    public McpServers(
        CurrentCatalog served, CallPipeline toolCalls, PluginInvoker calls, ListChangedNotifier changes, ServingOptions serving, ILoggerFactory loggers)
    {
        SdkContent.Repair();
        (_served, _toolCalls, _changes, _serving, _loggers) = (served, toolCalls, changes, serving, new QuietClients(loggers));
        _requests = new(loggers.CreateLogger<IncomingRequests>());
        _prompts = new(served, calls, serving);
        _resources = new(served, calls, serving);
        _completions = new(served, calls);
        _stateless = Options(new ServedTools(served), null);
    }

    /// <inheritdoc/>
    public McpServer Create(ITransport transport, IServiceProvider? services = null)
    {
        // Stateless requests are many and have no state, so they share their options; a session has its own subscriptions.
        if (transport is StreamableHttpServerTransport { Stateless: true })
            return McpServer.Create(transport, _stateless, _loggers, services);
        var subscriptions = new ResourceSubscriptions(_resources);
        // A pair of streams has one client only; over HTTP there can be many.
        var overHttp = transport is StreamableHttpServerTransport;
        var session = new ServedSession(isOnlyClient: !overHttp && transport.SessionId is null);
        var tools = new ServedTools(_served, session, new SessionNotifications(subscriptions, isOpen: !overHttp));
        // Over HTTP the endpoint has checked the metadata before.
        return McpServer.Create(overHttp ? transport : new MetaCheckedTransport(transport), Options(tools, subscriptions), _loggers, services);
    }

    /// <inheritdoc/>
    public async Task RunAsync(McpServer server, CancellationToken cancellationToken)
    {
        using var session = ToolsOf(server).Session;
        // A stateless request has no notifications: it receives those that it subscribes to.
        using var attached = ToolsOf(server).Notifications is { } notifications ? _changes.Attach(server, notifications) : null;
        await server.RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Listening(McpServer server, bool resumed)
    {
        if (ToolsOf(server).Notifications is { } notifications)
            _changes.Listening(server, notifications, resumed);
    }

    /// <inheritdoc/>
    public void StoppedListening(McpServer server) => ToolsOf(server).Notifications?.Close();

    static ServedTools ToolsOf(McpServer server) => (ServedTools)server.ServerOptions.ToolCollection!;

    McpServerOptions Options(ServedTools tools, ResourceSubscriptions? subscriptions)
    {
        var options = new McpServerOptions
        {
            ServerInfo = _serving.ServerInfo,
            ServerInstructions = _serving.Instructions,
            ScopeRequests = false,
            ToolCollection = tools,
            Capabilities = new()
            {
                Tools = new() { ListChanged = true },
                Prompts = new() { ListChanged = true },
                Resources = new() { ListChanged = true, Subscribe = true },
                Completions = new(),
            },
            Handlers = new()
            {
                ListPromptsHandler = _prompts.ListAsync,
                GetPromptHandler = _prompts.GetAsync,
                ListResourcesHandler = _resources.ListAsync,
                ListResourceTemplatesHandler = _resources.ListTemplatesAsync,
                ReadResourceHandler = _resources.ReadAsync,
                SubscribeToResourcesHandler = subscriptions is null ? null : subscriptions.SubscribeAsync,
                UnsubscribeFromResourcesHandler = subscriptions is null ? null : subscriptions.UnsubscribeAsync,
                CompleteHandler = _completions.CompleteAsync,
                SubscriptionsListenHandler = _changes.ListenAsync,
            },
        };
        options.Filters.Message.IncomingFilters.Add(_requests.Filter);
        options.Filters.Request.ListToolsFilters.Add(new ToolPages(_serving).Filter);
        options.Filters.Request.CallToolFilters.Add(_toolCalls.Filter);
        return options;
    }
}
