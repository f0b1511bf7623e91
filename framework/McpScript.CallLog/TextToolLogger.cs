using System.Text;

namespace McpScript.CallLog;

/// <summary>Writes each call as a line for people; a file that has grown too big becomes <c>.1</c>, that one <c>.2</c>, and so on.</summary>
/// <remarks>The line is in the file when <see cref="Write"/> returns; <see cref="BackgroundToolLogger"/> in front takes that off the call's path.</remarks>
public sealed class TextToolLogger : IToolCallLogger, IDisposable
{
    const int LongestParams = 100;

    readonly Lock _oneAtATime = new();
    readonly string _wanted;
    readonly long _maxSize;
    readonly int _backups;
    readonly Redaction _redaction;
    readonly TimeProvider _time;
    LogFileLock? _slot;
    LogFile? _file;

    /// <summary>A logger that opens its file with the first call.</summary>
    /// <param name="path">The file; null for <c>tool_calls.log</c> in <see cref="JsonlToolLogger.DefaultFolder"/>. A second process gets
    /// <c>tool_calls.2.log</c>.</param>
    /// <param name="maxSize">At how many bytes it is put away.</param>
    /// <param name="backups">How many of those are kept.</param>
    /// <param name="redaction">What is taken out; null for the default.</param>
    /// <param name="time">The clock.</param>
    public TextToolLogger(string? path = null, long maxSize = 5 * 1024 * 1024, int backups = 3, Redaction? redaction = null, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSize);
        ArgumentOutOfRangeException.ThrowIfNegative(backups);
        _wanted = System.IO.Path.GetFullPath(path ?? System.IO.Path.Combine(JsonlToolLogger.DefaultFolder, "tool_calls.log"));
        (_maxSize, _backups, _redaction, _time) = (maxSize, backups, redaction ?? Redaction.Default, time ?? TimeProvider.System);
    }

    /// <summary>The file; null before it is opened.</summary>
    public string? Path => _slot?.Path;

    /// <summary>Takes the file now, and says which it is.</summary>
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
                PutAway(slot.Path);
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
            System.IO.Path.GetDirectoryName(_wanted)!, System.IO.Path.GetFileNameWithoutExtension(_wanted), System.IO.Path.GetExtension(_wanted));
        // Half a line for people is a line all the same.
        _file = new(_slot.Path, _time, _ => true);
        _file.Make();
        return _slot;
    }

    void PutAway(string path)
    {
        _file!.Close();
        if (_backups == 0)
            File.Delete(path);
        for (var number = _backups; number > 0; number--)
            if ((number == 1 ? path : $"{path}.{number - 1}") is var from && File.Exists(from))
                File.Move(from, $"{path}.{number}", overwrite: true);
    }

    static string Line(ToolCall call) => string.Join(' ',
        [$"[{CallLine.Time(call.Time)}] {(call.Ok ? "OK" : "FAIL")} {CallLine.Name(call.Tool)} {Cut.At(CallLine.Params(call), LongestParams)}", .. CallLine.Details(call)]) + "\n";
}
