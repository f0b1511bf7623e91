namespace McpScript.FileSystem;

/// <summary>Content of a file, read once.</summary>
/// <param name="File">Path and hash of the file; a missing one has no hash.</param>
/// <param name="Bytes">The content; null if it could not be read.</param>
/// <param name="Why">The reason why it could not be read, as the second half of a sentence; null if it could.</param>
readonly record struct FileContent(SourceFile File, byte[]? Bytes, string? Why)
{
    /// <summary>Reads a file; of a <see cref="SourceListing"/>, only the hash.</summary>
    public static FileContent Read(string path)
    {
        if (SourceListing.IsListing(path))
            return new FileContent(SourceListing.Read(path), null, "it is a list of files");
        try
        {
            var bytes = RegularFile.ReadAllBytes(path);
            return new FileContent(SourceFile.Of(path, bytes), bytes, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Expected: mistyped, or just deleted.
            return new FileContent(SourceFile.Missing(path), null, $"there is no file '{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected: no permission, a directory of that name, an unreachable network drive. Becoming readable and being deleted both count as changes.
            return new FileContent(SourceFile.Unreadable(path), null, $"'{path}' cannot be read ({e.Message})");
        }
    }
}
