using McpScript.CallLog;
using McpScript.Invocation;
using McpScript.Loading;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>The gate as the innermost step of a tool call: whatever way it came, it gets here, and no further if one of the tool's groups is locked.</summary>
sealed class GateFilter(Gate gate)
{
    /// <summary>The filter.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (request, cancellationToken) =>
    {
        if (request.MatchedPrimitive is not McpServerTool tool || GroupsOf(tool, request) is not { Count: > 0 } groups)
            return next(request, cancellationToken);
        var name = tool.ProtocolTool.Name;
        if (gate.Pass(GateCaller.Of(request), groups, name) is { } refusal)
        {
            CallRecord.Of(request)?.Failure = CallErrorKind.Refused;
            return new(new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = refusal }] });
        }
        // A handler that is parked later on goes on with another request, which does not come by here.
        ServerView.Find<AskingServer>(request.Server)?.Call.Guard = retry => gate.Pass(GateCaller.Of(retry), groups, name);
        return next(request, cancellationToken);
    };

    IReadOnlyList<string> GroupsOf(McpServerTool tool, RequestContext<CallToolRequestParams> request)
    {
        var guarded = gate.Guarded;
        var groups = guarded.GroupsOf(tool, PluginFlow.Current);
        return OuterTool.Of(request) is { } outer ? [.. groups.Union(guarded.GroupsOf(outer))] : groups;
    }
}
