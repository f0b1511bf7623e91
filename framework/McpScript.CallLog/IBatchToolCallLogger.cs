namespace McpScript.CallLog;

/// <summary>A logger for whom several calls at once are cheaper: one write to the disk costs more than the making of ten lines.</summary>
interface IBatchToolCallLogger : IToolCallLogger
{
    /// <summary>
    /// Writes these calls, in order. Fails with an <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> in the writing, with anything
    /// else before it.
    /// </summary>
    void Write(ReadOnlySpan<ToolCall> calls);
}
