using System.Security.Cryptography;

namespace McpScript.Scripting.Cache;

/// <summary>Content with a checksum, so that a torn, truncated or modified file is rejected.</summary>
static class SealedFile
{
    static ReadOnlySpan<byte> Mark => "McpScript image 2\n"u8;

    static int HeadLength => Mark.Length + SHA256.HashSizeInBytes;

    /// <summary>Adds the checksum to a content.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> content)
    {
        var file = new byte[HeadLength + content.Length];
        Mark.CopyTo(file);
        SHA256.HashData(content, file.AsSpan(Mark.Length));
        content.CopyTo(file.AsSpan(HeadLength));
        return file;
    }

    /// <summary>Returns the content of a sealed file; null if it is not valid.</summary>
    public static ArraySegment<byte>? Open(byte[] file)
    {
        if (file.Length < HeadLength || !file.AsSpan().StartsWith(Mark))
            return null;
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file.AsSpan(HeadLength), sum);
        return sum.SequenceEqual(file.AsSpan(Mark.Length, sum.Length)) ? new(file, HeadLength, file.Length - HeadLength) : null;
    }
}
