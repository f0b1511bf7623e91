namespace McpScript.CallLog;

/// <summary>A logger that can write several calls at once, which is cheaper: one write to the disk costs more than formatting ten lines.</summary>
interface IBatchToolCallLogger : IToolCallLogger
{
    /// <summary>
    /// Writes calls, in order. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> if writing fails, and other exceptions only before
    /// anything is written.
    /// </summary>
    void Write(ReadOnlySpan<ToolCall> calls);
}
