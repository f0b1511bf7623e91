using McpScript.CallLog;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation.Arguments;

/// <summary>The answer for arguments that do not fit: an error result with all problems, so that a model can correct the call.</summary>
static class InvalidArguments
{
    /// <summary>Returns the result of the call.</summary>
    public static CallToolResult Result(CallContext call, string tool, IReadOnlyList<string> problems)
    {
        var list = string.Join('\n', problems.Select(problem => $"- {problem}"));
        return call.Fail(CallErrorKind.InvalidArguments, $"The arguments of '{tool}' do not fit.\n{list}");
    }
}
