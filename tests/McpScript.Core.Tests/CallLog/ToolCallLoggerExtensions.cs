using System.Text.Json;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>Writes entries from plain values.</summary>
static class ToolCallLoggerExtensions
{
    /// <summary>Writes the entry of a call that has succeeded.</summary>
    public static void Log(this IToolCallLogger logger, string tool, string result = "", params (string Name, object? Value)[] arguments) => logger.Write(new()
    {
        Time = DateTimeOffset.Now, Tool = tool, Result = result, Ok = true,
        Params = [.. arguments.Select(argument => KeyValuePair.Create(argument.Name, JsonSerializer.SerializeToElement(argument.Value)))],
    });
}
