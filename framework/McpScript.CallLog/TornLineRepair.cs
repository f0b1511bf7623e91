using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Repairs the end of a file whose process was killed during a write, so that no line is appended to an incomplete one.</summary>
static class TornLineRepair
{
    const int Step = 64 * 1024;

    /// <summary>Ends the last line if it is complete, removes it if it is not.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWhole">Returns true if a last line without a line end is complete.</param>
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

    /// <summary>Returns true if a line of JSON is complete.</summary>
    public static bool IsJson(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var _ = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            // Incomplete: its process was killed during the write.
            return false;
        }
    }

    // Returns the position after the last line end.
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
