using McpScript.CallLog;

namespace McpScript.Factory;

/// <summary>Text log that can be turned on and off; off at start.</summary>
sealed class SwitchedToolLogger(TextToolLogger log) : IToolCallLogger, IDisposable
{
    volatile bool _on;

    /// <summary>Path of the file; null while the log is off.</summary>
    public string? Path => _on ? log.Path : null;

    /// <summary>Turns the log on.</summary>
    /// <returns>Path of the file.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public string TurnOn()
    {
        var path = log.Open();
        _on = true;
        return path;
    }

    /// <summary>Turns the log off.</summary>
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
