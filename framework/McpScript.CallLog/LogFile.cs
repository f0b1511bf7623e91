using McpScript.FileSystem;

namespace McpScript.CallLog;

/// <summary>A file of lines that this process alone writes, each line in one piece.</summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock.</param>
/// <param name="isWhole">Says whether a last line without an end is whole; if not, it is removed.</param>
sealed class LogFile(string path, TimeProvider time, Func<ReadOnlyMemory<byte>, bool> isWhole) : IDisposable
{
    // How soon a file that somebody moved or deleted under us is noticed.
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    FileStream? _file;
    long _looked;

    /// <summary>How long it is; 0 if it is not there.</summary>
    public long Length => _file is { } file ? RandomAccess.GetLength(file.SafeFileHandle) : new FileInfo(path) is { Exists: true } info ? info.Length : 0;

    /// <summary>Makes the file, so that it can be followed from the start.</summary>
    public void Make() => _file ??= Open();

    /// <summary>Adds lines, their ends included.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is not null && time.GetElapsedTime(_looked) >= Look)
            NoticeIfReplaced();
        Make();
        try
        {
            // One call for whole lines: a process that is killed leaves at most the last one torn.
            RandomAccess.Write(_file!.SafeFileHandle, lines, RandomAccess.GetLength(_file.SafeFileHandle));
        }
        catch
        {
            // Perhaps half of it was written: the next one opens the file again, and that removes the half.
            Close();
            throw;
        }
    }

    /// <summary>Lets go of the file, to open it again with the next line.</summary>
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
            TornLineRepair.Mend(file, isWhole);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        _looked = time.GetTimestamp();
        return file;
    }

    void NoticeIfReplaced()
    {
        _looked = time.GetTimestamp();
        var there = new FileInfo(path);
        if (!there.Exists || there.Length != Length)
            Close();
    }
}
