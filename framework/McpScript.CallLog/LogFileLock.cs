using McpScript.FileSystem;

namespace McpScript.CallLog;

/// <summary>The right to one log file's name: the first process has <c>tool_calls.jsonl</c>, the next at the same time <c>tool_calls.2.jsonl</c>.</summary>
/// <remarks>
/// A file each instead of one for all: .NET's appending loses lines between processes (FACTS 9), and a shared file cannot be rotated under somebody who writes
/// it. The right is a lock on a file beside it, which the system takes back when a process dies, however it dies. The lock file stays: whoever deletes it
/// while another waits for it gives the right twice.
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

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The file's name without extension: <c>tool_calls</c>, <c>tool_calls.2</c>.</summary>
    public string Stem { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The first right that nobody has.</summary>
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
                // Taken by another process, or another user's. If it is the folder, the last one tells.
            }
    }

    /// <summary>The rights that nobody has at present to files that exist.</summary>
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
                // Somebody has it: then it is his to look after.
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
