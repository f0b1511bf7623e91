using McpScript.FileSystem;

namespace McpScript.Scripting.Cache;

/// <summary>A folder that only its user can reach, of files that are written whole, and go when they are old, or too many.</summary>
sealed class CacheFolder(CompileCacheOptions options, TimeProvider time)
{
    const string Suffix = ".image";

    // Cleaning lists the whole folder: at the first file that is written, and now and then from there on.
    const int WritesBetweenCleanings = 64;

    // Long enough for any process that is still writing it.
    static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    // How exactly use is remembered: a start should not write to each of the files that it reads.
    static readonly TimeSpan UseStep = TimeSpan.FromHours(1);

    int _writes = -1;

    /// <summary>The content of a file, which counts as used now; null if there is none.</summary>
    public byte[]? Read(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            return null;
        Check();
        try
        {
            var content = RegularFile.ReadAllBytes(path);
            MarkUsed(path);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another process has just cleaned up.
            return null;
        }
    }

    /// <summary>Writes a file whole or not at all; whoever reads it meanwhile has the old one.</summary>
    public void Write(string name, byte[] content)
    {
        PrivateFile.CreateFolder(options.Folder);
        Check();
        if (Interlocked.Increment(ref _writes) % WritesBetweenCleanings == 0)
            Clean();
        PrivateFile.Write(PathOf(name), content);
    }

    /// <summary>
    /// Removes what has lain unused too long, what is left of writers that were killed, and, beyond the bytes allowed, what was not used for longest.
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

    string PathOf(string name) => Path.Combine(options.Folder, name + Suffix);

    // What lies here is run: nobody else may put anything in. Setting it fails if the folder is somebody else's.
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
            // Cleaned up just now, or on a disk that is read-only: it is only a little likelier to go.
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
            // Another process was faster, or is reading it on a system that forbids this then: next time.
        }
    }
}
