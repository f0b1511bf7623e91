using System.Runtime.CompilerServices;
using McpScript.Invocation;
using McpScript.Loading;
using McpScript.Protocol.Requests;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using McpScript.Catalogs;
using McpScript.Logging;

namespace McpScript.Protocol;

/// <summary>Makes the MCP servers: all over the same catalog and the same handlers.</summary>
sealed class McpServers : IServerFactory
{
    readonly McpServerOptions _stateless;
    readonly ConditionalWeakTable<McpServer, SessionEar> _ears = [];
    readonly Served _served;
    readonly IReadOnlyList<McpRequestFilter<CallToolRequestParams, CallToolResult>> _toolCalls;
    readonly ListChanges _changes;
    readonly ServingOptions _serving;
    readonly ILoggerFactory _loggers;
    readonly IncomingRequests _requests;
    readonly ServedPrompts _prompts;
    readonly ServedResources _resources;
    readonly ServedCompletions _completions;
    readonly ClientSessions _sessions;
    readonly ConditionalWeakTable<McpServer, ClientSession> _open = [];

    /// <param name="served">What is served.</param>
    /// <param name="toolCalls">What each tool call goes through, outermost first.</param>
    /// <param name="calls">The way into plugin code.</param>
    /// <param name="sessions">Knows which client a request belongs to.</param>
    /// <param name="changes">Tells of changes.</param>
    /// <param name="serving">How the server presents itself.</param>
    /// <param name="loggers">For the SDK.</param>
    public McpServers(
        Served served, IReadOnlyList<McpRequestFilter<CallToolRequestParams, CallToolResult>> toolCalls, PluginCalls calls, ClientSessions sessions, ListChanges changes, ServingOptions serving, ILoggerFactory loggers)
    {
        (_served, _toolCalls, _sessions, _changes, _serving, _loggers) = (served, toolCalls, sessions, changes, serving, new QuietClients(loggers));
        _requests = new(loggers.CreateLogger<IncomingRequests>());
        served.Published += changes.Announce;
        _prompts = new(served, calls, serving);
        _resources = new(served, calls, serving);
        _completions = new(served, calls);
        _stateless = Options(null);
    }

    /// <inheritdoc/>
    public McpServer Create(ITransport transport, IServiceProvider? services = null)
    {
        // A stateless request is one of thousands and has nothing of its own; a session knows what it subscribed to.
        if (transport is StreamableHttpServerTransport { Stateless: true })
            return McpServer.Create(transport, _stateless, _loggers, services);
        var subscriptions = new ResourceSubscriptions(_resources);
        var options = Options(subscriptions);
        // A pair of streams has one client at its other end; whatever comes over HTTP has a session, or is one of many.
        if (transport is not StreamableHttpServerTransport && transport.SessionId is null)
            OneClientServers.Add(options);
        // Over HTTP the endpoint does the same before there is a server.
        var server = McpServer.Create(transport is StreamableHttpServerTransport ? transport : new MetaCheckedTransport(transport), options, _loggers, services);
        _ears.Add(server, new(subscriptions, hears: transport is not StreamableHttpServerTransport));
        _open.Add(server, _sessions.Begin(options));
        return server;
    }

    /// <inheritdoc/>
    public async Task RunAsync(McpServer server, CancellationToken cancellationToken)
    {
        using var session = _open.TryGetValue(server, out var open) ? open : null;
        // A stateless request has no ear: it hears by what it asks to listen to.
        using var hears = _ears.TryGetValue(server, out var ear) ? _changes.Attach(server, ear) : null;
        await server.RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Listening(McpServer server, bool resumed)
    {
        if (_ears.TryGetValue(server, out var ear))
            _changes.Listening(server, ear, resumed);
    }

    /// <inheritdoc/>
    public void StoppedListening(McpServer server)
    {
        if (_ears.TryGetValue(server, out var ear))
            ear.Close();
    }

    McpServerOptions Options(ResourceSubscriptions? subscriptions)
    {
        var options = new McpServerOptions
        {
            ServerInfo = _serving.ServerInfo,
            ServerInstructions = _serving.Instructions,
            ScopeRequests = false,
            ToolCollection = new ServedTools(_served),
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
        foreach (var filter in _toolCalls)
            options.Filters.Request.CallToolFilters.Add(filter);
        return options;
    }
}
