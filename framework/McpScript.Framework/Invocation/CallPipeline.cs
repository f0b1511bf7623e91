using McpScript.Catalogs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>Combines the filters of tool calls to one filter of the SDK: creates the context of each call and passes it through them. Thread-safe.</summary>
/// <param name="filters">Outermost first.</param>
/// <param name="served">Catalog of the tools; null for a server of the MCP SDK.</param>
/// <param name="isOnlyClient">True for a server of the MCP SDK that no other client can reach.</param>
sealed class CallPipeline(IEnumerable<ICallFilter> filters, CurrentCatalog? served = null, bool isOnlyClient = false)
{
    readonly CallHandler _first = filters.Reverse().Aggregate<ICallFilter, CallHandler>(
        static (call, cancellationToken) => call.RunAsync(cancellationToken),
        static (next, filter) => (call, cancellationToken) => filter.InvokeAsync(call, next, cancellationToken));

    /// <summary>Returns the filter for the SDK.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> tool) =>
        (request, cancellationToken) => _first(new CallContext(request, tool, served, isOnlyClient), cancellationToken);
}
