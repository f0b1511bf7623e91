using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using McpScript.Calls;

namespace McpScript.Serving;

/// <summary>Makes the MCP servers: one shared, never changed set of options for every session and request.</summary>
sealed class McpServers : IServerFactory
{
    readonly McpServerOptions _options;
    readonly ListChanges _changes;
    readonly ILoggerFactory _loggers;

    public McpServers(Served served, PluginCalls calls, ListChanges changes, ServingOptions serving, ILoggerFactory loggers)
    {
        _changes = changes;
        _loggers = loggers;
        var prompts = new ServedPrompts(served, calls, serving);
        var resources = new ServedResources(served, calls, serving);
        _options = new McpServerOptions
        {
            ServerInfo = serving.ServerInfo,
            ServerInstructions = serving.Instructions,
            ScopeRequests = false,
            ToolCollection = new ServedTools(served),
            Capabilities = new()
            {
                Tools = new() { ListChanged = true },
                Prompts = new() { ListChanged = true },
                Resources = new() { ListChanged = true },
            },
            Handlers = new()
            {
                ListPromptsHandler = prompts.ListAsync,
                GetPromptHandler = prompts.GetAsync,
                ListResourcesHandler = resources.ListAsync,
                ListResourceTemplatesHandler = resources.ListTemplatesAsync,
                ReadResourceHandler = resources.ReadAsync,
                SubscriptionsListenHandler = changes.ListenAsync,
            },
        };
        // The order of a call, outermost first: one place to see it.
        var filters = _options.Filters.Request;
        filters.ListToolsFilters.Add(new ToolPages(serving).Filter);
        filters.CallToolFilters.Add(calls.Lease);
        filters.CallToolFilters.Add(ArgumentCheck.Filter);
    }

    /// <inheritdoc/>
    public McpServer Create(ITransport transport, IServiceProvider? services = null) => McpServer.Create(transport, _options, _loggers, services);

    /// <inheritdoc/>
    public async Task RunAsync(McpServer server, CancellationToken cancellationToken)
    {
        using var hears = _changes.Attach(server);
        await server.RunAsync(cancellationToken);
    }
}
