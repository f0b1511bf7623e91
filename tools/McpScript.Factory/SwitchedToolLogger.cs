using McpScript.CallLog;

namespace McpScript.Factory;

/// <summary>A text log that writes only while it is on.</summary>
sealed class SwitchedToolLogger(TextToolLogger log) : IToolCallLogger, IDisposable
{
    volatile bool _on;

    /// <summary>The file; null while it is off.</summary>
    public string? Path => _on ? log.Path : null;

    /// <summary>Turns it on.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be opened.</exception>
    public string TurnOn()
    {
        var path = log.Open();
        _on = true;
        return path;
    }

    /// <summary>Turns it off.</summary>
    public void TurnOff() => _on = false;

    /// <inheritdoc/>
    public void Write(ToolCall call)
    {
        if (_on)
            log.Write(call);
    }

    /// <inheritdoc/>
    public void Dispose() => log.Dispose();
}
