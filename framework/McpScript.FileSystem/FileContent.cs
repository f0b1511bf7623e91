namespace McpScript.FileSystem;

/// <summary>A file as it was read, once.</summary>
/// <param name="File">Its path and hash; a missing one has no hash.</param>
/// <param name="Bytes">Null if it could not be read.</param>
/// <param name="Why">Why not, as the second half of a sentence.</param>
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
            // Expected: mistyped, or deleted a moment ago.
            return new FileContent(SourceFile.Missing(path), null, $"there is no file '{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected: no permission, a directory of that name, a network drive that is away. Both its repair and its removal are changes.
            return new FileContent(SourceFile.Unreadable(path), null, $"'{path}' cannot be read ({e.Message})");
        }
    }
}
