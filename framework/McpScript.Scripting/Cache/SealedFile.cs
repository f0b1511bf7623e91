using System.Security.Cryptography;

namespace McpScript.Scripting.Cache;

/// <summary>Content with a checksum over all of it, so that what was torn, cut short or changed on disk is never taken for whole.</summary>
static class SealedFile
{
    static ReadOnlySpan<byte> Mark => "McpScript image 2\n"u8;

    static int HeadLength => Mark.Length + SHA256.HashSizeInBytes;

    /// <summary>The bytes to write for a content.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> content)
    {
        var file = new byte[HeadLength + content.Length];
        Mark.CopyTo(file);
        SHA256.HashData(content, file.AsSpan(Mark.Length));
        content.CopyTo(file.AsSpan(HeadLength));
        return file;
    }

    /// <summary>The content of what was written; null if it is not that.</summary>
    public static ArraySegment<byte>? Open(byte[] file)
    {
        if (file.Length < HeadLength || !file.AsSpan().StartsWith(Mark))
            return null;
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file.AsSpan(HeadLength), sum);
        return sum.SequenceEqual(file.AsSpan(Mark.Length, sum.Length)) ? new(file, HeadLength, file.Length - HeadLength) : null;
    }
}
