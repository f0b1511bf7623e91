using McpScript.CallLog;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>
/// Checks the arguments of a call against the published schema before the tool runs. Answers problems with the argument, the expected value and the actual
/// one. Thread-safe.
/// </summary>
/// <param name="unknown">The rule for arguments that a tool does not have.</param>
sealed class ArgumentCheck(UnknownArguments unknown) : ICallFilter
{
    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        if (call.Request.MatchedPrimitive is not McpServerTool tool)
            return next(call, cancellationToken);
        var schema = ArgumentSchema.Of(tool);
        return schema.FitsAsItCame(call.Arguments) || Review(schema, tool.ProtocolTool.Name, call) is not { } problems
            ? next(call, cancellationToken)
            : new(InvalidArguments.Result(call, tool.ProtocolTool.Name, problems));
    }

    // Null if they fit, perhaps after a rewrite.
    IReadOnlyList<string>? Review(ArgumentSchema schema, string tool, CallContext call)
    {
        var verdict = schema.Check(call.Arguments, showValues: !GateCodes.MayBeOf(tool), unknown.AreIgnoredBy(tool));
        if (verdict.Problems.Count > 0)
            return verdict.Problems;
        if (!verdict.Ignored.IsEmpty)
            unknown.Note(tool, call, verdict.Ignored);
        if (verdict.Changed is not null && call.Request.Params is not null)
            call.ReplaceArguments(verdict.Changed);
        return null;
    }
}
