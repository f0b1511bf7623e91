namespace McpScript.Calls;

/// <summary>Takes secrets out before another logger sees a call.</summary>
/// <param name="inner">The other; disposed with this one.</param>
/// <param name="redaction">What is taken out.</param>
public sealed class RedactingToolLogger(IToolCallLogger inner, Redaction redaction) : IToolCallLogger, IDisposable
{
    /// <inheritdoc/>
    public void Write(ToolCall call) => inner.Write(redaction.Apply(call));

    /// <inheritdoc/>
    public void Dispose() => (inner as IDisposable)?.Dispose();
}
