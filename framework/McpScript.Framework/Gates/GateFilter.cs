using McpScript.CallLog;
using McpScript.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>Gate of a tool call, the innermost filter: refuses calls while one of the tool's groups is locked, calls from other tools included.</summary>
sealed class GateFilter(Gate gate) : ICallFilter
{
    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        if (call.Request.MatchedPrimitive is not McpServerTool tool || GroupsOf(tool, call) is not { Count: > 0 } groups)
            return next(call, cancellationToken);
        var name = tool.ProtocolTool.Name;
        if (gate.Pass(GateCaller.Of(call), groups, name) is { } refusal)
            return new(call.Fail(CallErrorKind.Refused, refusal));
        // A suspended handler later continues with another request, which does not pass this filter, so it gets a guard.
        call.Suspended?.Guard = retry => gate.Pass(GateCaller.Of(retry), groups, name);
        return next(call, cancellationToken);
    }

    IReadOnlyList<string> GroupsOf(McpServerTool tool, CallContext call)
    {
        var guarded = gate.Guarded;
        var groups = guarded.GroupsOf(tool, call.Plugin?.Reference.Name);
        return call.Via is { } via ? [.. groups.Union(guarded.GroupsOf(via))] : groups;
    }
}
