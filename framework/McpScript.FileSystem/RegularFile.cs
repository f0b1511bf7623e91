namespace McpScript.FileSystem;

/// <summary>Opens regular files only: opening a named pipe waits for its other end, and reading a device may never end.</summary>
static class RegularFile
{
    /// <summary>Opens a file for reading, while others may write, rename or delete it. Symbolic links are followed.</summary>
    /// <exception cref="IOException">The path leads to a named pipe, a socket or a device, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, or permission is missing.</exception>
    public static FileStream OpenRead(string path) => FileStat.Of(path).Kind == FileKind.Other
        ? throw new IOException("it is a named pipe, a socket or a device, not a regular file")
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Reads a file to its end.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static byte[] ReadAllBytes(string path)
    {
        using var stream = OpenRead(path);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Reads a text file to its end: UTF-8, or the encoding of its byte order mark.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static string ReadAllText(string path)
    {
        using var reader = new StreamReader(OpenRead(path));
        return reader.ReadToEnd();
    }
}
