using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Integers in all notations of JSON: <c>1.0</c> and <c>1e2</c> are integers too (JSON Schema 2020-12, 6.1.1).</summary>
static class WholeNumber
{
    // Enough for every integer type of .NET; without a limit, "1e999999999" would become a text of that length.
    const int LongestText = 64;

    static readonly SearchValues<byte> Marks = SearchValues.Create(".eE"u8);

    /// <summary>Returns true if a number has no fraction.</summary>
    public static bool Is(JsonElement number)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        return raw.IndexOfAny(Marks) < 0 || TryRead(raw, out _, out _);
    }

    /// <summary>Returns true if a number has digits only, as System.Text.Json reads integers.</summary>
    public static bool IsPlain(JsonElement number) => JsonMarshal.GetRawUtf8Value(number).IndexOfAny(Marks) < 0;

    /// <summary>Returns the number in plain digits; null if it has a fraction, or more digits than any integer type.</summary>
    public static string? PlainText(JsonElement number)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        if (raw.IndexOfAny(Marks) < 0)
            return raw.Length <= LongestText ? Encoding.ASCII.GetString(raw) : null;
        if (!TryRead(raw, out var digits, out var zeros))
            return null;
        digits = digits.TrimStart('0');
        if (digits.Length == 0)
            return "0";
        return digits.Length + zeros > LongestText ? null : $"{(raw[0] == (byte)'-' ? "-" : "")}{digits}{new string('0', (int)zeros)}";
    }

    /// <summary>Returns true for an integer within bounds.</summary>
    public static bool IsWithin(JsonElement number, BigInteger least, BigInteger most) =>
        PlainText(number) is { } text
        && BigInteger.Parse(text, System.Globalization.CultureInfo.InvariantCulture) is var value && value >= least && value <= most;

    // Returns the significant digits and the number of zeros after them; false if the fraction is not zero.
    static bool TryRead(ReadOnlySpan<byte> raw, out string digits, out long zeros)
    {
        var mark = raw.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? raw : raw[..mark];
        var exponent = mark < 0 ? 0 : Exponent(raw[(mark + 1)..]);
        var point = mantissa.IndexOf((byte)'.');
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        digits = Encoding.ASCII.GetString(mantissa).Replace(".", "").TrimStart('-');
        zeros = exponent - fraction;
        if (digits.AsSpan().TrimStart('0').Length == 0)
        {
            (digits, zeros) = ("0", 0);
            return true;
        }
        if (zeros >= 0)
            return true;
        var kept = digits.Length + zeros;
        var whole = kept < 0 ? "" : digits[..(int)kept];
        var isWhole = digits.AsSpan(whole.Length).TrimStart('0').Length == 0;
        (digits, zeros) = (whole, 0);
        return isWhole;
    }

    static long Exponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == (byte)'-';
        var digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        var value = Utf8Parser.TryParse(digits, out int parsed, out var read) && read == digits.Length ? parsed : int.MaxValue;
        return negative ? -(long)value : value;
    }
}
