using McpScript.FileSystem;

namespace McpScript.CallLog;

/// <summary>Lock on the name of a log file: the first process gets <c>tool_calls.jsonl</c>, the next one <c>tool_calls.2.jsonl</c>.</summary>
/// <remarks>
/// Each process has its own file: appending by several processes loses lines in .NET, and a shared file cannot be rotated while another process writes to it.
/// The lock is a file lock on a file beside the log, which the operating system releases when a process ends in any way. The lock file is never deleted: if it
/// were deleted while another process waits for it, two processes would get the lock.
/// </remarks>
sealed class LogFileLock : IDisposable
{
    const int Most = 64;

    readonly FileStream _lock;

    LogFileLock(string folder, string stem, string extension, FileStream @lock)
    {
        (Folder, Stem, _lock) = (folder, stem, @lock);
        Path = System.IO.Path.Combine(folder, stem + extension);
    }

    /// <summary>The folder of the log file.</summary>
    public string Folder { get; }

    /// <summary>The file's name without extension: <c>tool_calls</c>, <c>tool_calls.2</c>.</summary>
    public string Stem { get; }

    /// <summary>The path of the log file.</summary>
    public string Path { get; }

    /// <summary>Takes the first lock that is free.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public static LogFileLock Take(string folder, string stem, string extension)
    {
        PrivateFile.CreateFolder(folder);
        for (var number = 1; ; number++)
            try
            {
                return Take(folder, stem, extension, number);
            }
            catch (Exception e) when (number < Most && e is IOException or UnauthorizedAccessException)
            {
                // Locked by another process, or owned by another user. If the folder is the problem, the last attempt throws.
            }
    }

    /// <summary>Takes all free locks on files that exist.</summary>
    public static IEnumerable<LogFileLock> TakeAbandoned(string folder, string stem, string extension)
    {
        for (var number = 1; number <= Most; number++)
        {
            if (!File.Exists(LockPath(folder, StemOf(stem, number), extension)))
                continue;
            LogFileLock slot;
            try
            {
                slot = Take(folder, stem, extension, number);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Locked: the other process archives its own file.
                continue;
            }
            yield return slot;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    static LogFileLock Take(string folder, string stem, string extension, int number)
    {
        stem = StemOf(stem, number);
        return new(folder, stem, extension, PrivateFile.Open(LockPath(folder, stem, extension), FileMode.OpenOrCreate, FileShare.None));
    }

    static string StemOf(string stem, int number) => number == 1 ? stem : $"{stem}.{number}";

    static string LockPath(string folder, string stem, string extension) => System.IO.Path.Combine(folder, $".{stem}{extension}.lock");
}
