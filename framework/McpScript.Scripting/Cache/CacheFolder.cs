using System.Security.Cryptography;
using McpScript.FileSystem;

namespace McpScript.Scripting.Cache;

/// <summary>
/// A folder for the current user only. Its files are written atomically, carry a checksum, so that a torn, truncated or modified one is rejected, and are
/// removed when they are old or too large in sum.
/// </summary>
sealed class CacheFolder(CompileCacheOptions options, TimeProvider time)
{
    const string Suffix = ".image";

    // Cleaning lists the whole folder, so it runs at the first write and at every 64th write after that.
    const int WritesBetweenCleanings = 64;

    // Long enough for any process that is still writing the file.
    static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    // Resolution of the time of use, so that a start does not write to each file that it reads.
    static readonly TimeSpan UseStep = TimeSpan.FromHours(1);

    int _writes = -1;

    static ReadOnlySpan<byte> Mark => "McpScript image 2\n"u8;

    static int HeadLength => Mark.Length + SHA256.HashSizeInBytes;

    /// <summary>Reads the content of a file and marks it as used now; null if there is none, or it is not valid.</summary>
    public ArraySegment<byte>? Read(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            return null;
        Check();
        try
        {
            var file = RegularFile.ReadAllBytes(path);
            MarkUsed(path);
            return Open(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted by another process since the check.
            return null;
        }
    }

    /// <summary>Writes a file atomically; a concurrent reader gets the old content.</summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        PrivateFile.CreateFolder(options.Folder);
        Check();
        if (Interlocked.Increment(ref _writes) % WritesBetweenCleanings == 0)
            Clean();
        PrivateFile.Write(PathOf(name), Seal(content));
    }

    /// <summary>
    /// Removes files that were unused for too long, files that killed writers left, and, above the size limit, the files that were unused for longest.
    /// </summary>
    public void Clean()
    {
        var now = time.GetUtcNow();
        var room = options.MostBytes;
        foreach (var file in new DirectoryInfo(options.Folder).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            var unused = now - file.LastWriteTimeUtc;
            if (file.Extension != Suffix ? unused > Abandoned : unused > options.LongestUnused || (room -= file.Length) < 0)
                Remove(file);
        }
    }

    static byte[] Seal(ReadOnlySpan<byte> content)
    {
        var file = new byte[HeadLength + content.Length];
        Mark.CopyTo(file);
        SHA256.HashData(content, file.AsSpan(Mark.Length));
        content.CopyTo(file.AsSpan(HeadLength));
        return file;
    }

    static ArraySegment<byte>? Open(byte[] file)
    {
        if (file.Length < HeadLength || !file.AsSpan().StartsWith(Mark))
            return null;
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file.AsSpan(HeadLength), sum);
        return sum.SequenceEqual(file.AsSpan(Mark.Length, sum.Length)) ? new(file, HeadLength, file.Length - HeadLength) : null;
    }

    string PathOf(string name) => Path.Combine(options.Folder, name + Suffix);

    // Files here are executed, so no other user may write to the folder. Changing the mode fails if it belongs to another user.
    void Check()
    {
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(options.Folder) != mine)
            File.SetUnixFileMode(options.Folder, mine);
    }

    void MarkUsed(string path)
    {
        try
        {
            if (time.GetUtcNow() - File.GetLastWriteTimeUtc(path) > UseStep)
                File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted in between, or on a read-only disk: the file may only be removed earlier.
        }
    }

    static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted by another process, or open there on a system that forbids deletion: removed next time.
        }
    }
}
