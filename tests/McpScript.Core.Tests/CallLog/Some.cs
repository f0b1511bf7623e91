using System.Text.Json;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>Finished calls, for tests that need one.</summary>
static class Some
{
    public static ToolCall ToolCall(string tool = "echo", string parameters = """{"message":"hi"}""", string result = "echo: hi") => new()
    {
        Time = new(2026, 11, 22, 5, 18, 12, 345, TimeSpan.FromHours(1)),
        Tool = tool,
        Params = [.. JsonElement.Parse(parameters).EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value))],
        Result = result,
        Ok = true,
    };
}
