using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Mends the end of a file whose writer died in the middle of a line, so that nothing is written behind half a line.</summary>
static class TornLineRepair
{
    const int Step = 64 * 1024;

    /// <summary>Ends the last line if it is whole, removes it if it is not.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWhole">Says whether a last line without an end is whole.</param>
    public static void Mend(FileStream file, Func<ReadOnlyMemory<byte>, bool> isWhole)
    {
        var handle = file.SafeFileHandle;
        var length = RandomAccess.GetLength(handle);
        var start = StartOfLast(file, length);
        if (start == length)
            return;
        var line = new byte[length - start];
        RandomAccess.Read(handle, line, start);
        if (isWhole(line))
            RandomAccess.Write(handle, "\n"u8, length);
        else
            RandomAccess.SetLength(handle, start);
    }

    /// <summary>True if a line of JSON is whole.</summary>
    public static bool IsJson(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var _ = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            // Torn: its writer died in the middle of it.
            return false;
        }
    }

    // Where the text behind the last line's end begins.
    static long StartOfLast(FileStream file, long length)
    {
        var buffer = new byte[Step];
        for (var end = length; end > 0; end = Math.Max(0, end - Step))
        {
            var start = Math.Max(0, end - Step);
            var read = RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(0, (int)(end - start)), start);
            if (buffer.AsSpan(0, read).LastIndexOf((byte)'\n') is var at and >= 0)
                return start + at + 1;
        }
        return 0;
    }
}
