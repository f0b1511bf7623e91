namespace McpScript.FileSystem;

/// <summary>Files and folders that only their user can read.</summary>
static class PrivateFile
{
    const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file whole or not at all: beside it, then renamed over it. Creates the folder if it is missing.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder);
        // A name that no other writer has, in this process or another.
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Mine;
        try
        {
            using (var file = new FileStream(beside, options))
                file.Write(content);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            // A full disk should not be filled with what did not fit on it.
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Opens a file for reading and writing; others may read it meanwhile. A file that others could read is closed to them.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.ReadWrite | FileShare.Delete)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        // .NET refuses a mode for a file that must exist.
        if (mode is not FileMode.Open)
            options.UnixCreateMode = Mine;
        var file = new FileStream(path, options);
        // One that existed before may be open to others: the Python original makes it 0644.
        if ((File.GetUnixFileMode(file.SafeFileHandle) & ~Mine) != 0)
            File.SetUnixFileMode(file.SafeFileHandle, Mine);
        return file;
    }

    /// <summary>Creates a folder for the user only; an existing one stays as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Mine | UnixFileMode.UserExecute);
    }
}
