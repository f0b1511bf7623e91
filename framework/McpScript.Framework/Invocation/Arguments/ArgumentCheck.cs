using McpScript.CallLog;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>Compares the arguments of a call with the listed schema before the tool runs, and answers with which argument is wrong, what fits there and what came.</summary>
/// <param name="unknown">Decides about arguments that a tool does not have.</param>
sealed class ArgumentCheck(UnknownArguments unknown)
{
    /// <summary>The filter.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (request, cancellationToken) =>
    {
        if (request.MatchedPrimitive is not McpServerTool tool)
            return next(request, cancellationToken);
        var schema = ArgumentSchema.Of(tool);
        return schema.FitsAsItCame(request.Params?.Arguments) || Review(schema, tool.ProtocolTool.Name, request) is not { } problems
            ? next(request, cancellationToken)
            : new(InvalidArguments.Result(request, tool.ProtocolTool.Name, problems));
    };

    // Null if they fit after all, perhaps written anew.
    IReadOnlyList<string>? Review(ArgumentSchema schema, string tool, RequestContext<CallToolRequestParams> request)
    {
        var verdict = schema.Check(request.Params?.Arguments, showValues: !GateCodes.MayBeOf(tool), unknown.AreIgnoredBy(tool));
        if (verdict.Problems.Count > 0)
            return verdict.Problems;
        if (!verdict.Ignored.IsEmpty)
            unknown.Note(tool, request, verdict.Ignored);
        if (verdict.Changed is not null && request.Params is { } asked)
            request.Params = new()
            {
                Name = asked.Name, Arguments = verdict.Changed, Meta = asked.Meta, InputResponses = asked.InputResponses, RequestState = asked.RequestState,
            };
        return null;
    }
}
