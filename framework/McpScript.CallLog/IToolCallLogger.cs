namespace McpScript.CallLog;

/// <summary>
/// Writes finished tool calls somewhere. It may fail, and then throws: <see cref="CompositeToolLogger"/> and <see cref="BackgroundToolLogger"/> keep that
/// from the call.
/// </summary>
public interface IToolCallLogger
{
    /// <summary>Writes one call.</summary>
    void Write(ToolCall call);
}
