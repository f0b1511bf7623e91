using McpScript.CallLog;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>The answer to a call whose arguments do not fit: an error result with all problems, so that a model can correct itself.</summary>
static class InvalidArguments
{
    /// <summary>The answer; the call log gets its kind.</summary>
    public static CallToolResult Result(RequestContext<CallToolRequestParams> request, string tool, IReadOnlyList<string> problems)
    {
        CallRecord.Of(request)?.Failure = CallErrorKind.InvalidArguments;
        var text = $"The arguments of '{tool}' do not fit.\n{string.Join('\n', problems.Select(problem => $"- {problem}"))}";
        return new() { IsError = true, Content = [new TextContentBlock { Text = text }] };
    }
}
