using System.Security.Cryptography;

namespace McpScript.FileSystem;

/// <summary>A file that a plugin was made from, as it was when it was read.</summary>
/// <param name="Path">Absolute, symbolic links not resolved.</param>
/// <param name="Hash">
/// SHA-256 of the content in hex; null if the file did not exist, so that its creation counts as a change; <see cref="NotReadable"/> if it could not be read.
/// </param>
public sealed record SourceFile(string Path, string? Hash)
{
    /// <summary>Mark in place of the hash where something exists and cannot be read: no permission, a folder, a named pipe. Its removal is a change.</summary>
    public const string NotReadable = "unreadable";

    /// <summary>The file with the hash of these bytes.</summary>
    public static SourceFile Of(string path, ReadOnlySpan<byte> content) => new(path, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>A file that should be there and is not.</summary>
    public static SourceFile Missing(string path) => new(path, null);

    /// <summary>Something at this path that cannot be read as a file.</summary>
    public static SourceFile Unreadable(string path) => new(path, NotReadable);

    /// <summary>The file as it is on disk now.</summary>
    public static SourceFile Read(string path)
    {
        try
        {
            return SourceListing.IsListing(path) ? SourceListing.Read(path) : Of(path, RegularFile.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Missing(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No permission, a folder, a named pipe: both its repair and its removal are changes.
            return Unreadable(path);
        }
    }
}
