namespace McpScript.FileSystem;

/// <summary>What the file system says about a path without opening it. A stamp that differs means a file that may differ.</summary>
/// <param name="Kind">What stands there.</param>
/// <param name="Identity">Which one it is: a file renamed over another is a different one.</param>
/// <param name="Size">In bytes; 0 for what is not a regular file.</param>
/// <param name="Modified">The content's time in UTC ticks; anyone can set it.</param>
/// <param name="Changed">The inode's time in UTC ticks, which nobody can set back; the content's time where the system has no such thing.</param>
readonly record struct FileStat(FileKind Kind, FileIdentity Identity, long Size, long Modified, long Changed)
{
    /// <summary>The stamp of a path, its symbolic links followed.</summary>
    public static FileStat Of(string path) => Of(path, followLinks: true);

    /// <summary>The stamp of the path itself, which may be a symbolic link.</summary>
    public static FileStat OfEntry(string path) => Of(path, followLinks: false);

    static FileStat Of(string path, bool followLinks) => LinuxStat.TryRead(path, followLinks) ?? Portable(path, followLinks);

    /// <summary>What .NET tells on every system: no inode, no change time.</summary>
    internal static FileStat Portable(string path, bool followLinks)
    {
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (followLinks && info.LinkTarget is not null)
                info = info.ResolveLinkTarget(returnFinalTarget: true)!;
            // Attributes are -1 for what is not there; a FileInfo "exists" for files only.
            if (!info.Exists && !Directory.Exists(info.FullName) && info.LinkTarget is null)
                return default;
            var kind = KindOf(info);
            var modified = info.LastWriteTimeUtc.Ticks;
            return new FileStat(kind, new FileIdentity(0, 0, info.CreationTimeUtc.Ticks), kind == FileKind.File ? new FileInfo(info.FullName).Length : 0, modified, modified);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone while we looked, a loop of links, or not ours to see: as good as not there.
            return default;
        }
    }

    static FileKind KindOf(FileSystemInfo info) =>
        info.LinkTarget is not null ? FileKind.Link
        : info.Attributes.HasFlag(FileAttributes.Directory) ? FileKind.Directory
        : info.Attributes.HasFlag(FileAttributes.Device) ? FileKind.Other
        : FileKind.File;
}
