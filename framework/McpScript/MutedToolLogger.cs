using McpScript.CallLog;

namespace McpScript;

/// <summary>A host's logger that gets no calls, because nothing is logged; it is disposed with the server all the same.</summary>
sealed class MutedToolLogger(IToolCallLogger inner) : IToolCallLogger, IDisposable
{
    /// <inheritdoc/>
    public void Write(ToolCall call)
    {
        // tool_log: off
    }

    /// <inheritdoc/>
    public void Dispose() => (inner as IDisposable)?.Dispose();
}
