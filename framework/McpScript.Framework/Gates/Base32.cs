using OtpNet;

namespace McpScript.Gates;

/// <summary>Base32 (RFC 4648) as users copy it from authenticators: in any case, with or without padding, with spaces.</summary>
static class Base32
{
    /// <summary>Decodes a text; returns false if it is not Base32.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        var digits = string.Concat(text.ToString().Where(character => !char.IsWhiteSpace(character))).TrimEnd('=');
        // No whole number of bytes has 1, 3 or 6 digits at the end: the text is cut off. Otp.NET would accept it.
        if (digits.Length % 8 is 1 or 3 or 6 || !digits.All(IsDigit))
            return false;
        bytes = digits.Length == 0 ? [] : Base32Encoding.ToBytes(digits);
        return true;
    }

    /// <summary>Encodes bytes, without padding.</summary>
    // Otp.NET does not accept an empty array.
    public static string Encode(byte[] bytes) => bytes.Length == 0 ? "" : Base32Encoding.ToString(bytes).TrimEnd('=');

    static bool IsDigit(char character) => char.IsAsciiLetter(character) || character is >= '2' and <= '7';
}
