namespace McpScript.CallLog;

/// <summary>Redacts calls before other loggers get them, once for all of them.</summary>
/// <param name="inner">The other loggers; disposed with this one.</param>
/// <param name="redaction">The redaction.</param>
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
