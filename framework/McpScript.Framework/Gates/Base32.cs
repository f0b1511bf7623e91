namespace McpScript.Gates;

/// <summary>Base32 (RFC 4648) as users copy it from authenticators: in any case, with or without padding, with spaces.</summary>
static class Base32
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Decodes a text; returns false if it is not Base32.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        var all = new List<byte>(text.Length * 5 / 8);
        var (buffer, bits, characters, ended) = (0, 0, 0, false);
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
                continue;
            if (character == '=')
            {
                ended = true;
                continue;
            }
            var value = Alphabet.IndexOf(char.ToUpperInvariant(character));
            if (value < 0 || ended)
                return false;
            characters++;
            (buffer, bits) = ((buffer << 5 | value) & 0xFFF, bits + 5);
            if (bits >= 8)
                all.Add((byte)(buffer >> (bits -= 8)));
        }
        // No whole number of bytes has this many characters: the text is cut off.
        if (characters % 8 is 1 or 3 or 6)
            return false;
        bytes = [.. all];
        return true;
    }

    /// <summary>Encodes bytes, without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, bits) = ((buffer << 8 | value) & 0xFFFF, bits + 8);
            while (bits >= 5)
                text.Append(Alphabet[buffer >> (bits -= 5) & 31]);
        }
        if (bits > 0)
            text.Append(Alphabet[buffer << (5 - bits) & 31]);
        return text.ToString();
    }
}
