namespace McpScript.FileSystem;

/// <summary>Files and folders that only the current user can read.</summary>
static class PrivateFile
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file atomically. Creates the folder if it is missing.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, content, OwnerOnly);
    }

    /// <summary>Opens a file for reading and writing; other processes may read it at the same time. Removes the permissions of other users.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.ReadWrite | FileShare.Delete)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        // .NET rejects a mode for a file that must exist.
        if (mode is not FileMode.Open)
            options.UnixCreateMode = OwnerOnly;
        var file = new FileStream(path, options);
        // An existing file may be readable by others: the Python original creates it with 0644.
        if ((File.GetUnixFileMode(file.SafeFileHandle) & ~OwnerOnly) != 0)
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        return file;
    }

    /// <summary>Creates a folder for the current user only; an existing one is not changed.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }
}
