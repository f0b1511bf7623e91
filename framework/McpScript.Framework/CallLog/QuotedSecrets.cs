using System.Text;
using System.Text.RegularExpressions;

namespace McpScript.CallLog;

/// <summary>Finds secrets by name in text that holds JSON or the like: <c>"password": "…"</c>, escaped or cut off as it may be.</summary>
static partial class QuotedSecrets
{
    /// <summary>The text without the values whose names are to be hidden.</summary>
    public static string Mask(string text, Func<string, bool> hides)
    {
        StringBuilder? masked = null;
        var from = 0;
        for (var match = Name().Match(text); match.Success; match = Name().Match(text, match.Index + match.Length))
        {
            if (match.Index < from || !hides(match.Groups["name"].Value))
                continue;
            var start = match.Index + match.Length;
            (masked ??= new()).Append(text, from, start - from).Append(Redaction.Mark);
            from = EndOfValue(text, start);
        }
        return masked is null ? text : masked.Append(text, from, text.Length - from).ToString();
    }

    static int EndOfValue(string text, int start)
    {
        var quote = Quote().Match(text, start);
        if (quote.Success)
            return EndOfText(text, start, quote.Value);
        if (start < text.Length && text[start] is '{' or '[')
            return EndOfNested(text, start);
        var end = text.AsSpan(start).IndexOfAny(",}] \t\r\n");
        return end < 0 ? text.Length : start + end;
    }

    // The same quote again, with as many backslashes: one more makes it a part of the text.
    static int EndOfText(string text, int start, string quote)
    {
        for (var at = start + quote.Length; at < text.Length; at++)
        {
            var slashes = 0;
            while (at < text.Length && text[at] == '\\')
                (slashes, at) = (slashes + 1, at + 1);
            if (at < text.Length && text[at] == quote[^1] && slashes == quote.Length - 1)
                return at + 1;
        }
        return text.Length;
    }

    static int EndOfNested(string text, int start)
    {
        var depth = 0;
        for (var at = start; at < text.Length; at++)
        {
            if (Quote().Match(text, at) is { Success: true } quote)
                at = EndOfText(text, at, quote.Value) - 1;
            else if (text[at] is '{' or '[')
                depth++;
            else if (text[at] is '}' or ']' && --depth == 0)
                return at + 1;
        }
        return text.Length;
    }

    [GeneratedRegex("""(?<quote>\\*["'])(?<name>[^"'\\\r\n]{1,100})\k<quote>\s{0,10}:\s{0,10}""")]
    private static partial Regex Name();

    [GeneratedRegex("""\G\\*["']""")]
    private static partial Regex Quote();
}
