using McpScript.Catalogs;
using McpScript.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests;

/// <summary>Runs single filters of the pipeline of tool calls.</summary>
static class TestCall
{
    /// <summary>Context of a call whose tool does nothing.</summary>
    public static CallContext Of(RequestContext<CallToolRequestParams> request) => new(request, (_, _) => new(new CallToolResult()));

    /// <summary>Passes a call through one filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="request">The call.</param>
    /// <param name="tool">Runs in place of the tool.</param>
    /// <param name="log">Gives the call a record; null for none.</param>
    /// <param name="served">Catalog in which the tool is looked up; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<(CallContext Call, CallToolResult Answer)> RunAsync(
        ICallFilter filter, RequestContext<CallToolRequestParams> request, McpRequestHandler<CallToolRequestParams, CallToolResult> tool,
        ToolCallLog? log = null,
        CurrentCatalog? served = null, CancellationToken cancellationToken = default)
    {
        var call = new CallContext(request, tool, served);
        if (log is not null)
            call.Record = new(log, call);
        return (call, await filter.InvokeAsync(call, (inner, token) => inner.Handler(inner.Request, token), cancellationToken));
    }
}
