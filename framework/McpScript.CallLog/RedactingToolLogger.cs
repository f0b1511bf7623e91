namespace McpScript.CallLog;

/// <summary>Takes secrets out before other loggers see a call, once for all of them.</summary>
/// <param name="inner">The others; disposed with this one.</param>
/// <param name="redaction">What is taken out.</param>
sealed class RedactingToolLogger(CompositeToolLogger inner, Redaction redaction) : IBatchToolCallLogger, IDisposable
{
    /// <inheritdoc/>
    public void Write(ToolCall call) => inner.Write(redaction.Apply(call));

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<ToolCall> calls)
    {
        var redacted = new ToolCall[calls.Length];
        for (var i = 0; i < calls.Length; i++)
            redacted[i] = redaction.Apply(calls[i]);
        inner.Write(redacted);
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
