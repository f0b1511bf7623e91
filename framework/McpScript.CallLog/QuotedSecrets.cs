using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace McpScript.CallLog;

/// <summary>Finds secrets by name in text that contains JSON or similar: <c>"password": "…"</c>, also if it is escaped or cut off.</summary>
static partial class QuotedSecrets
{
    // Member names are short; quotes at a greater distance belong to something else.
    const int LongestName = 200;

    static readonly SearchValues<char> EndsOfValues = SearchValues.Create(",}] \t\r\n");

    /// <summary>Returns the text with the values of secret names masked.</summary>
    public static string Mask(string text, Func<string, bool> hides)
    {
        StringBuilder? masked = null;
        var shown = 0;
        for (var quote = Quote().Match(text); quote.Success; quote = Quote().Match(text, quote.Index + quote.Length))
        {
            if (StartOfSecret(text, quote, hides) is not { } start || start <= shown)
                continue;
            (masked ??= new()).Append(text, shown, start - shown).Append(Redaction.Mark);
            shown = EndOfValue(text, start);
        }
        return masked is null ? text : masked.Append(text, shown, text.Length - shown).ToString();
    }

    // Null if the quote is not the beginning of a secret's name.
    static int? StartOfSecret(string text, Match quote, Func<string, bool> hides)
    {
        var end = EndOfText(text, quote.Index, quote.Value, LongestName);
        if (Colon().Match(text, end) is not { Success: true } colon)
            return null;
        var name = text[(quote.Index + quote.Length)..(end - quote.Length)];
        return hides(Unescape(name)) ? end + colon.Length : null;
    }

    static int EndOfValue(string text, int start)
    {
        var quote = QuoteHere().Match(text, start);
        if (quote.Success)
            return EndOfText(text, start, quote.Value);
        if (start < text.Length && text[start] is '{' or '[')
            return EndOfNested(text, start);
        var end = text.AsSpan(start).IndexOfAny(EndsOfValues);
        return end < 0 ? text.Length : start + end;
    }

    // The end is the same quote after the same number of backslashes. With more backslashes the quote belongs to the text, unless they are escaped backslashes
    // at its end: two for each, doubled by each level of JSON within JSON.
    static int EndOfText(string text, int start, string quote, int most = int.MaxValue)
    {
        var mark = quote.TrimStart('\\');
        var escapes = quote.Length - mark.Length;
        var backslash = 2 * (int)BitOperations.RoundUpToPowerOf2((uint)escapes + 1);
        for (var at = start + quote.Length; at < text.Length && at - start <= most; at++)
        {
            var slashes = 0;
            while (at < text.Length && text[at] == '\\')
                (slashes, at) = (slashes + 1, at + 1);
            if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0 && slashes % backslash == escapes)
                return at + mark.Length;
        }
        return text.Length;
    }

    static int EndOfNested(string text, int start)
    {
        var depth = 0;
        for (var at = start; at < text.Length; at++)
        {
            if (QuoteHere().Match(text, at) is { Success: true } quote)
                at = EndOfText(text, at, quote.Value) - 1;
            else if (text[at] is '{' or '[')
                depth++;
            else if (text[at] is '}' or ']' && --depth == 0)
                return at + 1;
        }
        return text.Length;
    }

    static string Unescape(string name) => name.Contains('\\') ? Escape().Replace(name, match => $"{Character(match.Groups[1].ValueSpan)}") : name;

    static char Character(ReadOnlySpan<char> hex) => (char)ushort.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // Serializers escape a quote as \" or as \u0022. The number of backslashes is limited, because the time of the search grows with its square.
    [GeneratedRegex("""\\{0,63}["']|\\{1,63}u002[27]""")]
    private static partial Regex Quote();

    [GeneratedRegex("""\G(?:\\{0,63}["']|\\{1,63}u002[27])""")]
    private static partial Regex QuoteHere();

    [GeneratedRegex("""\G\s{0,10}:\s{0,10}""")]
    private static partial Regex Colon();

    [GeneratedRegex("""\\+u([0-9A-Fa-f]{4})""")]
    private static partial Regex Escape();
}
