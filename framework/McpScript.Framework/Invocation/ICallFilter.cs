using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>One step of the pipeline for tool calls. Implementations are shared by all calls and thread-safe.</summary>
interface ICallFilter
{
    /// <summary>Handles a call: answers it, or passes it on.</summary>
    /// <param name="call">State of the call.</param>
    /// <param name="next">Passes the call on to the next filter, and from the last one to the tool.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken);
}
