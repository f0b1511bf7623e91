namespace McpScript.CallLog;

/// <summary>Logs calls from plain values.</summary>
static class ToolCallLogging
{
    /// <summary>Logs a call that has just finished. Values that JSON cannot represent are replaced by the name of their type.</summary>
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
            // Custom loggers and parameter objects may throw any exception; the return value reports it.
            return false;
        }
    }
}
