using System.Security.Cryptography;
using McpScript.FileSystem;

namespace McpScript.Plugins;

/// <summary>A file that a plugin was made from, as it was when it was read.</summary>
/// <param name="Path">Absolute, symbolic links not resolved.</param>
/// <param name="Hash">SHA-256 of the content in hex; null if the file was not there, so that its appearing counts as a change.</param>
public sealed record SourceFile(string Path, string? Hash)
{
    /// <summary>The file with the hash of these bytes.</summary>
    public static SourceFile Of(string path, ReadOnlySpan<byte> content) => new(path, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>A file that should be there and is not.</summary>
    public static SourceFile Missing(string path) => new(path, null);

    /// <summary>The file as it is on disk now.</summary>
    public static SourceFile Read(string path)
    {
        try
        {
            return SourceListing.IsListing(path) ? SourceListing.Read(path) : Of(path, RegularFile.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not readable: either way a change from that is what we want to hear of.
            return Missing(path);
        }
    }
}
