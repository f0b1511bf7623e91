namespace McpScript.FileSystem;

/// <summary>Metadata of a path, read without opening it. A different stat means a file that may differ.</summary>
/// <param name="Kind">Kind of the entry.</param>
/// <param name="Identity">Identity of the entry: a file that is renamed over another one has a different identity.</param>
/// <param name="Size">Size in bytes; 0 for an entry that is not a regular file.</param>
/// <param name="Modified">Modification time of the content in UTC ticks; any program can set it.</param>
/// <param name="Changed">Change time of the inode in UTC ticks, which cannot be set back; the modification time where the system has none.</param>
readonly record struct FileStat(FileKind Kind, FileIdentity Identity, long Size, long Modified, long Changed)
{
    /// <summary>Reads the stat of a path, its symbolic links followed.</summary>
    public static FileStat Of(string path) => Of(path, followLinks: true);

    /// <summary>Reads the stat of the path itself, which may be a symbolic link.</summary>
    public static FileStat OfEntry(string path) => Of(path, followLinks: false);

    static FileStat Of(string path, bool followLinks) => LinuxStat.TryRead(path, followLinks) ?? Portable(path, followLinks);

    /// <summary>Reads the stat through .NET, on any system: without inode and change time.</summary>
    internal static FileStat Portable(string path, bool followLinks)
    {
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (followLinks && info.LinkTarget is not null)
                info = info.ResolveLinkTarget(returnFinalTarget: true)!;
            // Attributes are -1 for a missing entry; FileInfo.Exists is true for files only.
            if (!info.Exists && !Directory.Exists(info.FullName) && info.LinkTarget is null)
                return default;
            var kind = KindOf(info);
            var modified = info.LastWriteTimeUtc.Ticks;
            var size = kind == FileKind.File ? new FileInfo(info.FullName).Length : 0;
            return new FileStat(kind, new FileIdentity(0, 0, info.CreationTimeUtc.Ticks), size, modified, modified);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted in between, a loop of links, or no permission: treated as missing.
            return default;
        }
    }

    static FileKind KindOf(FileSystemInfo info) =>
        info.LinkTarget is not null ? FileKind.Link
        : info.Attributes.HasFlag(FileAttributes.Directory) ? FileKind.Directory
        : info.Attributes.HasFlag(FileAttributes.Device) ? FileKind.Other
        : FileKind.File;
}
