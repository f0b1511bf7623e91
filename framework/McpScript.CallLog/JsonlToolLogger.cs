using McpScript.FileSystem;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.CallLog;

/// <summary>Writes each call as a line of JSON to <c>tool_calls.jsonl</c>, and archives the file each day. Safe for concurrent use.</summary>
/// <remarks>
/// The line is in the file when <see cref="Write(ToolCall)"/> returns; with <see cref="BackgroundToolLogger"/> in front, calls do not wait for it.
/// </remarks>
public sealed class JsonlToolLogger : IBatchToolCallLogger, IDisposable
{
    const string Stem = "tool_calls", Extension = ".jsonl";

    readonly Lock _oneAtATime = new();
    readonly string _folder;
    readonly Redaction _redaction;
    readonly TimeProvider _time;
    readonly LogArchive _archive;
    readonly JsonlLines _lines = new();
    LogFileLock? _slot;
    LogFile? _file;
    DateOnly _day;

    /// <summary>Creates a logger, which opens its file at the first call.</summary>
    /// <param name="folder">The folder of the file and its archives; null for <see cref="DefaultFolder"/>.</param>
    /// <param name="retentionDays">The number of days for which archives are kept.</param>
    /// <param name="redaction">The redaction of calls; null for the default.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="log">Receives reports about archives; null for none.</param>
    public JsonlToolLogger(string? folder = null, int retentionDays = 90, Redaction? redaction = null, TimeProvider? time = null, ILogger? log = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(retentionDays);
        _folder = System.IO.Path.GetFullPath(folder ?? DefaultFolder);
        (_redaction, _time) = (redaction ?? Redaction.Default, time ?? TimeProvider.System);
        _archive = new(_folder, retentionDays, log ?? NullLogger.Instance);
    }

    /// <summary>The default folder, <c>~/.mcp_proxy/logs</c>.</summary>
    public static string DefaultFolder => System.IO.Path.Combine(ProcessEnvironment.Home(), ".mcp_proxy", "logs");

    /// <summary>The path of the file; null before it is opened.</summary>
    public string? Path => _slot?.Path;

    /// <summary>Completes when all files rotated so far are archived.</summary>
    public Task Archived => _archive.Idle;

    /// <summary>Opens the file now, and returns its path, which depends on other processes: the first one has the plain name.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public string Open()
    {
        lock (_oneAtATime)
            return Opened().Path;
    }

    /// <inheritdoc/>
    public void Write(ToolCall call) => Write([call]);

    /// <summary>Writes several calls, in order.</summary>
    public void Write(ReadOnlySpan<ToolCall> calls)
    {
        lock (_oneAtATime)
        {
            var slot = Opened();
            var today = Today();
            if (today > _day)
                Rotate(slot, _day, today);
            _lines.Clear();
            foreach (var call in calls)
                _lines.Add(_redaction.Apply(call));
            _file!.Append(_lines.Bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_oneAtATime)
        {
            _archive.Dispose();
            _file?.Dispose();
            _slot?.Dispose();
        }
    }

    LogFileLock Opened()
    {
        if (_slot is not null)
            return _slot;
        _slot = LogFileLock.Take(_folder, Stem, Extension);
        _file = new(_slot.Path, _time, TornLineRepair.IsJson);
        _day = Today();
        Rotate(_slot, LogArchive.DayOf(_slot.Path), _day);
        _file.Make();
        return _slot;
    }

    void Rotate(LogFileLock slot, DateOnly from, DateOnly to)
    {
        _file!.Close();
        if (from < to)
            _archive.MoveAway(slot, from);
        _archive.PackInBackground(slot);
        _archive.SweepInBackground(Stem, Extension, to);
        _day = to;
    }

    DateOnly Today() => DateOnly.FromDateTime(_time.GetLocalNow().DateTime);
}
