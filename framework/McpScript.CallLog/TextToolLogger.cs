using System.Text;

namespace McpScript.CallLog;

/// <summary>
/// Writes each call as a line of readable text. A file that is too large is renamed to <c>.1</c>, the previous <c>.1</c> to <c>.2</c>, and so on. Safe for
/// concurrent use.
/// </summary>
/// <remarks>The line is in the file when <see cref="Write"/> returns; with <see cref="BackgroundToolLogger"/> in front, calls do not wait for it.</remarks>
public sealed class TextToolLogger : IToolCallLogger, IDisposable
{
    const int LongestParams = 100;

    readonly Lock _oneAtATime = new();
    readonly string _requested;
    readonly long _maxSize;
    readonly int _backups;
    readonly Redaction _redaction;
    readonly TimeProvider _time;
    LogFileLock? _slot;
    LogFile? _file;

    /// <summary>Creates a logger, which opens its file at the first call.</summary>
    /// <param name="path">The path of the file; null for <c>tool_calls.log</c> in <see cref="JsonlToolLogger.DefaultFolder"/>. A second process gets
    /// <c>tool_calls.2.log</c>.</param>
    /// <param name="maxSize">The size in bytes at which the file is renamed.</param>
    /// <param name="backups">The number of renamed files that are kept.</param>
    /// <param name="redaction">The redaction of calls; null for the default.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public TextToolLogger(string? path = null, long maxSize = 5 * 1024 * 1024, int backups = 3, Redaction? redaction = null, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSize);
        ArgumentOutOfRangeException.ThrowIfNegative(backups);
        _requested = System.IO.Path.GetFullPath(path ?? System.IO.Path.Combine(JsonlToolLogger.DefaultFolder, "tool_calls.log"));
        (_maxSize, _backups, _redaction, _time) = (maxSize, backups, redaction ?? Redaction.Default, time ?? TimeProvider.System);
    }

    /// <summary>The path of the file; null before it is opened.</summary>
    public string? Path => _slot?.Path;

    /// <summary>Opens the file now, and returns its path.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public string Open()
    {
        lock (_oneAtATime)
            return Opened().Path;
    }

    /// <inheritdoc/>
    public void Write(ToolCall call)
    {
        lock (_oneAtATime)
        {
            var slot = Opened();
            if (_file!.Length >= _maxSize)
                Rename(slot.Path);
            _file.Append(Encoding.UTF8.GetBytes(Line(_redaction.Apply(call))));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_oneAtATime)
        {
            _file?.Dispose();
            _slot?.Dispose();
        }
    }

    LogFileLock Opened()
    {
        if (_slot is not null)
            return _slot;
        _slot = LogFileLock.Take(
            System.IO.Path.GetDirectoryName(_requested)!, System.IO.Path.GetFileNameWithoutExtension(_requested), System.IO.Path.GetExtension(_requested));
        // An incomplete line of readable text is kept: it is still useful.
        _file = new(_slot.Path, _time, _ => true);
        _file.Make();
        return _slot;
    }

    void Rename(string path)
    {
        _file!.Close();
        if (_backups == 0)
            File.Delete(path);
        for (var number = _backups; number > 0; number--)
            if ((number == 1 ? path : $"{path}.{number - 1}") is var from && File.Exists(from))
                File.Move(from, $"{path}.{number}", overwrite: true);
    }

    static string Line(ToolCall call)
    {
        var head = $"[{CallLine.Time(call.Time)}] {(call.Ok ? "OK" : "FAIL")} {CallLine.Name(call.Tool)} {Truncation.Of(CallLine.Params(call), LongestParams)}";
        return string.Join(' ', [head, .. CallLine.Details(call)]) + "\n";
    }
}
