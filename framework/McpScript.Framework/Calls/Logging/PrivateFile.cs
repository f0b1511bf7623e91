namespace McpScript.Calls;

/// <summary>Files and folders that only their owner can read.</summary>
static class PrivateFile
{
    const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder if it is missing; one that exists stays as its owner made it.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnersFile | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file for writing; others may read it meanwhile.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.ReadWrite | FileShare.Delete)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        // .NET refuses a mode for a file that must be there.
        if (mode is not FileMode.Open)
            options.UnixCreateMode = OwnersFile;
        var file = new FileStream(path, options);
        // One that was there before may be open to others: the Python original makes it 0644.
        if ((File.GetUnixFileMode(file.SafeFileHandle) & ~OwnersFile) != 0)
            File.SetUnixFileMode(file.SafeFileHandle, OwnersFile);
        return file;
    }
}
