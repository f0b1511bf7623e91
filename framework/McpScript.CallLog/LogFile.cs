using McpScript.FileSystem;

namespace McpScript.CallLog;

/// <summary>A file of lines that only this process writes, each line in one write. Not safe for concurrent use.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="time">The clock.</param>
/// <param name="isWhole">Returns true if a last line without a line end is complete; if not, it is removed.</param>
sealed class LogFile(string path, TimeProvider time, Func<ReadOnlyMemory<byte>, bool> isWhole) : IDisposable
{
    // The longest time until a file that was moved or deleted by another program is noticed.
    static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    FileStream? _file;
    long _checkedAt;

    /// <summary>The length of the file; 0 if it does not exist.</summary>
    public long Length => _file is { } file ? RandomAccess.GetLength(file.SafeFileHandle) : new FileInfo(path) is { Exists: true } info ? info.Length : 0;

    /// <summary>Creates the file, so that programs can follow it from the start.</summary>
    public void Make() => _file ??= Open();

    /// <summary>Appends lines with their line ends.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is not null && time.GetElapsedTime(_checkedAt) >= CheckInterval)
            NoticeIfReplaced();
        Make();
        try
        {
            // One write for complete lines: a process that is killed leaves at most the last line incomplete.
            RandomAccess.Write(_file!.SafeFileHandle, lines, RandomAccess.GetLength(_file.SafeFileHandle));
        }
        catch
        {
            // A part may have been written: the next append opens the file again, which removes an incomplete line.
            Close();
            throw;
        }
    }

    /// <summary>Closes the file; the next append opens it again.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    FileStream Open()
    {
        var file = PrivateFile.Open(path, FileMode.OpenOrCreate);
        try
        {
            TornLineRepair.Repair(file, isWhole);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        _checkedAt = time.GetTimestamp();
        return file;
    }

    void NoticeIfReplaced()
    {
        _checkedAt = time.GetTimestamp();
        var there = new FileInfo(path);
        if (!there.Exists || there.Length != Length)
            Close();
    }
}
