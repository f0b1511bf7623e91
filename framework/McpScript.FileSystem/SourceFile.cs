using System.Security.Cryptography;

namespace McpScript.FileSystem;

/// <summary>A file that a plugin was built from, as it was when it was read.</summary>
/// <param name="Path">Absolute path, symbolic links not resolved.</param>
/// <param name="Hash">
/// SHA-256 of the content in hex; null if the file did not exist, so that its creation counts as a change; <see cref="NotReadable"/> if it could not be read.
/// </param>
public sealed record SourceFile(string Path, string? Hash)
{
    /// <summary>Value in place of the hash for an entry that cannot be read: no permission, a folder, a named pipe. Deleting it counts as a change.</summary>
    public const string NotReadable = "unreadable";

    /// <summary>Creates the file with the hash of a content.</summary>
    public static SourceFile Of(string path, ReadOnlySpan<byte> content) => new(path, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Creates a file that is missing.</summary>
    public static SourceFile Missing(string path) => new(path, null);

    /// <summary>Creates a file that exists and cannot be read.</summary>
    public static SourceFile Unreadable(string path) => new(path, NotReadable);

    /// <summary>Reads the file as it is on disk now.</summary>
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
            // No permission, a folder, a named pipe: becoming readable and being deleted both count as changes.
            return Unreadable(path);
        }
    }
}
