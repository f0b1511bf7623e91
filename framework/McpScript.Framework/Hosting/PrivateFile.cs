namespace McpScript.Hosting;

/// <summary>Writes files that only their user may read, whole or not at all.</summary>
public static class PrivateFile
{
    const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes beside and renames; the folder is made if it is missing, for the user only.</summary>
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

    /// <summary>Makes a folder for the user only; one that is there stays as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Mine | UnixFileMode.UserExecute);
    }
}
