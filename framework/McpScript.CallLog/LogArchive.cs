using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using McpScript.FileSystem;
using Microsoft.Extensions.Logging;

namespace McpScript.CallLog;

/// <summary>Compresses the log files of past days in the background, and deletes archives that are too old.</summary>
/// <remarks>
/// Works in two steps, so that a process may be killed at any time: the file is renamed to <c>tool_calls.2026-11-22.1.rotating</c> at once, then compressed
/// to <c>2026-11-22.jsonl.gz</c>, or <c>2026-11-22.2.jsonl.gz</c> if that day has an archive already. Renamed files that are left are compressed at the next
/// start.
/// </remarks>
sealed partial class LogArchive(string folder, int retentionDays, ILogger log) : IDisposable
{
    const string DayFormat = "yyyy-MM-dd";

    readonly Lock _lock = new();
    readonly CancellationTokenSource _end = new();
    Task _work = Task.CompletedTask;

    /// <summary>Completes when there is no more work.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
                return _work;
        }
    }

    /// <summary>Returns the day on which a file was last written; the latest possible day if it is empty or missing.</summary>
    public static DateOnly DayOf(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 } file ? DateOnly.FromDateTime(file.LastWriteTime) : DateOnly.MaxValue;

    /// <summary>Renames a file of a past day, so that the new day begins with a new file.</summary>
    public void MoveAway(LogFileLock slot, DateOnly day)
    {
        if (new FileInfo(slot.Path) is not { Exists: true, Length: > 0 })
            return;
        var number = 1;
        string Aside() => Path.Combine(folder, $"{slot.Stem}.{day.ToString(DayFormat, CultureInfo.InvariantCulture)}.{number}.rotating");
        while (File.Exists(Aside()))
            number++;
        try
        {
            File.Move(slot.Path, Aside());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The new day continues in the old file, so that no entries are lost.
            RotationFailed(e.Message);
        }
    }

    /// <summary>Compresses the renamed files in the background.</summary>
    public void PackInBackground(LogFileLock slot) => InBackground(() => Pack(slot));

    /// <summary>Archives files that other processes have left, and deletes old archives, in the background.</summary>
    public void SweepInBackground(string stem, string extension, DateOnly today) => InBackground(() =>
    {
        foreach (var slot in LogFileLock.TakeAbandoned(folder, stem, extension))
            using (slot)
            {
                if (DayOf(slot.Path) is var day && day < today)
                    MoveAway(slot, day);
                Pack(slot);
            }
        Expire(today);
    });

    /// <summary>Stops the work; the remaining files are compressed at the next start.</summary>
    public void Dispose()
    {
        _end.Cancel();
        // The compression stops within one block of a file.
        Task.WaitAny([Idle], TimeSpan.FromSeconds(2));
        _end.Dispose();
    }

    void InBackground(Action work)
    {
        lock (_lock)
            _work = _work.ContinueWith(_ => Try(work), TaskScheduler.Default);
    }

    void Try(Action work)
    {
        try
        {
            if (!_end.IsCancellationRequested)
                work();
        }
        catch (OperationCanceledException)
        {
            // Disposed during the work; the next start does the rest.
        }
        catch (Exception e)
        {
            // For example a full disk or a missing permission: the file stays, and the next start compresses it. No caller awaits this work, so every failure
            // is logged here.
            RotationFailed(e.Message);
        }
    }

    void Pack(LogFileLock slot)
    {
        var asides = new Regex($@"^{Regex.Escape(slot.Stem)}\.(?<day>\d{{4}}-\d\d-\d\d)\.\d+\.rotating$");
        foreach (var aside in Directory.EnumerateFiles(folder, "*.rotating").Order(StringComparer.Ordinal))
            if (asides.Match(Path.GetFileName(aside)) is { Success: true } match)
                Pack(aside, match.Groups["day"].Value);
    }

    void Pack(string aside, string day)
    {
        var unfinished = aside + ".gz";
        using (var from = PrivateFile.Open(aside, FileMode.Open))
        using (var to = PrivateFile.Open(unfinished, FileMode.Create))
        using (var packed = new GZipStream(to, CompressionLevel.Optimal))
        {
            // Its process may have been killed during a write.
            TornLineRepair.Repair(from, TornLineRepair.IsJson);
            from.CopyToAsync(packed, _end.Token).GetAwaiter().GetResult();
        }
        Archived(NameArchive(unfinished, day));
        File.Delete(aside);
    }

    // Never overwrites: a second process, or a clock that was set back, creates a second archive for a day.
    string NameArchive(string unfinished, string day)
    {
        for (var number = 1; ; number++)
        {
            var archive = Path.Combine(folder, number == 1 ? $"{day}.jsonl.gz" : $"{day}.{number}.jsonl.gz");
            try
            {
                File.Move(unfinished, archive, overwrite: false);
                return archive;
            }
            catch (IOException) when (File.Exists(archive))
            {
                // Another archive has this name; the next number may be free.
            }
        }
    }

    void Expire(DateOnly today)
    {
        var oldest = today.DayNumber > retentionDays ? today.AddDays(-retentionDays) : DateOnly.MinValue;
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl.gz"))
        {
            var name = Archive().Match(Path.GetFileName(path));
            if (!name.Success || DayOf(name.Groups["day"]) is not { } day || day >= oldest)
                continue;
            File.Delete(path);
            Expired(path);
        }
    }

    static DateOnly? DayOf(Group day) =>
        DateOnly.TryParseExact(day.Value, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : null;

    [GeneratedRegex(@"^(?<day>\d{4}-\d\d-\d\d)(\.\d+)?\.jsonl\.gz$")]
    private static partial Regex Archive();

    [LoggerMessage(Level = LogLevel.Information, Message = "Tool log archived: {Path}")]
    partial void Archived(string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Tool log expired: {Path}")]
    partial void Expired(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool log rotation failed: {Problem}")]
    partial void RotationFailed(string problem);
}
