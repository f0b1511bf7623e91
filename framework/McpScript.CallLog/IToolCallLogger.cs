namespace McpScript.CallLog;

/// <summary>
/// Writes finished tool calls. Implementations may throw: <see cref="CompositeToolLogger"/> and <see cref="BackgroundToolLogger"/> protect the calls from
/// their exceptions.
/// </summary>
public interface IToolCallLogger
{
    /// <summary>Writes one call.</summary>
    void Write(ToolCall call);
}
