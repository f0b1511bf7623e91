using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Calls;

/// <summary>Tells a model which argument is wrong, what was expected and what came, before the tool runs; the SDK itself would say only that an error occurred.</summary>
static class ArgumentCheck
{
    /// <summary>The filter.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (request, cancellationToken) =>
    {
        if (request.MatchedPrimitive is not McpServerTool tool)
            return next(request, cancellationToken);
        var problems = ArgumentProblems.Of(tool.ProtocolTool.InputSchema, request.Params?.Arguments, showValues: !GateCodes.MayBeOf(tool.ProtocolTool.Name));
        if (problems.Count == 0)
            return next(request, cancellationToken);
        CallRecord.Of(request)?.Failure = CallErrorKind.InvalidArguments;
        var text = $"The arguments of '{tool.ProtocolTool.Name}' do not fit.\n{string.Join('\n', problems.Select(problem => $"- {problem}"))}";
        return new(new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = text }] });
    };
}
