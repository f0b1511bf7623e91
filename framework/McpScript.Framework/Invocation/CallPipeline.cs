using McpScript.Catalogs;
using McpScript.Telemetry;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>Combines the filters of tool calls to one filter of the SDK: creates the context of each call and passes it through them. Thread-safe.</summary>
/// <param name="filters">Outermost first.</param>
/// <param name="served">Catalog of the tools; null for a server of the MCP SDK.</param>
/// <param name="isOnlyClient">True for a server of the MCP SDK that no other client can reach.</param>
/// <param name="observer">A filter before all others, for calls that a listener of the telemetry observes; null for none.</param>
sealed class CallPipeline(IEnumerable<ICallFilter> filters, CurrentCatalog? served = null, bool isOnlyClient = false, ICallFilter? observer = null)
{
    readonly CallHandler _first = Chain(filters);
    readonly CallHandler _observed = Chain(observer is null ? filters : filters.Prepend(observer));

    /// <summary>Returns the filter for the SDK.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> tool) =>
        (request, cancellationToken) =>
            (Instruments.ListensToCalls ? _observed : _first)(new CallContext(request, tool, served, isOnlyClient), cancellationToken);

    static CallHandler Chain(IEnumerable<ICallFilter> filters) => filters.Reverse().Aggregate<ICallFilter, CallHandler>(
        static (call, cancellationToken) => call.Handler(call.Request, cancellationToken),
        static (next, filter) => (call, cancellationToken) => filter.InvokeAsync(call, next, cancellationToken));
}
