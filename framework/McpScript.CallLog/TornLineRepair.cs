using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace McpScript.CallLog;

/// <summary>Repairs the end of a file whose process was killed during a write, so that no line is appended to an incomplete one.</summary>
static class TornLineRepair
{
    const int Step = 64 * 1024;

    /// <summary>Ends the last line if it is complete, removes it if it is not.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWhole">Returns true if a last line without a line end is complete.</param>
    public static void Repair(FileStream file, Func<ReadOnlyMemory<byte>, bool> isWhole)
    {
        var handle = file.SafeFileHandle;
        var length = RandomAccess.GetLength(handle);
        var start = StartOfLast(file, length);
        if (start == length)
            return;
        var line = new byte[length - start];
        Read(handle, line, start);
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

    // One read may return less than the file has.
    static void Read(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
                throw new EndOfStreamException();
            buffer = buffer[read..];
            offset += read;
        }
    }

    // Returns the position after the last line end.
    static long StartOfLast(FileStream file, long length)
    {
        var buffer = new byte[Step];
        for (var end = length; end > 0; end = Math.Max(0, end - Step))
        {
            var start = Math.Max(0, end - Step);
            var step = buffer.AsSpan(0, (int)(end - start));
            Read(file.SafeFileHandle, step, start);
            if (step.LastIndexOf((byte)'\n') is var at and >= 0)
                return start + at + 1;
        }
        return 0;
    }
}
