using McpScript.CallLog;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation.Arguments;

/// <summary>The answer to a call whose arguments do not fit: an error result with all problems, so that a model can correct itself.</summary>
static class InvalidArguments
{
    /// <summary>The result of the call.</summary>
    public static CallToolResult Result(CallContext call, string tool, IReadOnlyList<string> problems) =>
        call.Fail(CallErrorKind.InvalidArguments, $"The arguments of '{tool}' do not fit.\n{string.Join('\n', problems.Select(problem => $"- {problem}"))}");
}
