using System.Buffers.Binary;
using System.IO.Compression;

namespace McpScript.Benchmarks;

/// <summary>White image with lines and small capitals, saved as PNG: enough for a chart, without native libraries.</summary>
sealed class Canvas(int width, int height)
{
    const int Scale = 2;

    // 3 × 5 dots per character, rows from top to bottom.
    static readonly Dictionary<char, string> Letters = new()
    {
        ['A'] = "010101111101101", ['B'] = "110101110101110", ['C'] = "011100100100011", ['D'] = "110101101101110", ['E'] = "111100110100111",
        ['F'] = "111100110100100", ['G'] = "011100101101011", ['H'] = "101101111101101", ['I'] = "111010010010111", ['J'] = "001001001101010",
        ['K'] = "101101110101101", ['L'] = "100100100100111", ['M'] = "101111111101101", ['N'] = "110101101101101", ['O'] = "010101101101010",
        ['P'] = "110101110100100", ['Q'] = "010101101110011", ['R'] = "110101110101101", ['S'] = "011100010001110", ['T'] = "111010010010010",
        ['U'] = "101101101101111", ['V'] = "101101101101010", ['W'] = "101101111111101", ['X'] = "101101010101101", ['Y'] = "101101010010010",
        ['Z'] = "111001010100111", ['0'] = "111101101101111", ['1'] = "010110010010111", ['2'] = "110001010100111", ['3'] = "110001010001110",
        ['4'] = "101101111001001", ['5'] = "111100110001110", ['6'] = "011100111101111", ['7'] = "111001010010010", ['8'] = "111101111101111",
        ['9'] = "111101111001110", [','] = "000000000010100", ['.'] = "000000000000010", ['-'] = "000000111000000", ['/'] = "001001010100100",
        [':'] = "000010000010000",
    };

    readonly byte[] _pixels = Enumerable.Repeat((byte)255, width * height * 3).ToArray();

    /// <summary>Draws a straight line, two dots wide.</summary>
    public void Line(int x0, int y0, int x1, int y1, int colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (var i = 0; i <= steps; i++)
        {
            var (x, y) = (x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps);
            Dot(x, y, colour);
            Dot(x, y + 1, colour);
        }
    }

    /// <summary>Writes capitals, digits and some punctuation; other characters leave a gap.</summary>
    public void Text(int x, int y, string text, int colour)
    {
        foreach (var letter in text)
        {
            if (Letters.TryGetValue(letter, out var dots))
                for (var i = 0; i < dots.Length; i++)
                    if (dots[i] == '1')
                        for (var j = 0; j < Scale * Scale; j++)
                            Dot(x + i % 3 * Scale + j % Scale, y + i / 3 * Scale + j / Scale, colour);
            x += 4 * Scale;
        }
    }

    /// <summary>Saves the image as PNG.</summary>
    public void Save(string path)
    {
        using var file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8;   // bits per channel
        head[9] = 2;   // colour type RGB
        Chunk(file, "IHDR"u8, head);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0);   // filter type: none
                zlib.Write(_pixels, row * width * 3, width * 3);
            }
        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
    }

    void Dot(int x, int y, int colour)
    {
        if (x < 0 || y < 0 || x >= width || y >= height)
            return;
        var at = (y * width + x) * 3;
        (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
    }

    static void Chunk(Stream file, ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    // CRC-32 of PNG chunks (ISO 3309).
    static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        }
        return ~crc;
    }
}
