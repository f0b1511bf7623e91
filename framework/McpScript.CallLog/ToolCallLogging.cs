namespace McpScript.CallLog;

/// <summary>Logging a call that is at hand as plain values.</summary>
static class ToolCallLogging
{
    /// <summary>Logs a call that has just finished. Values that JSON cannot hold are replaced by their type's name.</summary>
    /// <returns>False if the logger failed; this method never throws, so that a log never fails a call.</returns>
    public static bool LogCall(this IToolCallLogger logger, string tool, IReadOnlyDictionary<string, object?>? parameters, string? result, bool success,
        TimeProvider? time = null)
    {
        try
        {
            logger.Write(new()
            {
                Time = (time ?? TimeProvider.System).GetLocalNow(),
                Tool = tool,
                Params = parameters is null ? [] : [.. parameters.Select(pair => KeyValuePair.Create(pair.Key, LoggableValue.Of(pair.Value)))],
                Result = result ?? "",
                Ok = success,
                Error = success ? CallErrorKind.None : CallErrorKind.ToolError,
            });
            return true;
        }
        catch (Exception)
        {
            // Any logger and any parameter object may throw anything here; the answer says so, and the call goes on.
            return false;
        }
    }
}
