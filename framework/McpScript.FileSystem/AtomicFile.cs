namespace McpScript.FileSystem;

/// <summary>Files that are replaced as a whole: readers, and a crash, find the old content or the new one, never a part of it.</summary>
static class AtomicFile
{
    /// <summary>Writes a file beside the path and renames it over the path. Creates the folder if it is missing.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="content">The new content.</param>
    /// <param name="mode">The permissions on Unix; null for the default of the process.</param>
    /// <exception cref="IOException">The file cannot be written; it is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written; it is unchanged.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        // A name that no other writer has, in this process or another, and that watchers ignore.
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        try
        {
            using (var file = new FileStream(beside, options))
                file.Write(content);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            // Do not leave a partial file on a full disk.
            File.Delete(beside);
            throw;
        }
    }
}
