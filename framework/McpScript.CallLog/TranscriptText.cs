using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpScript.CallLog;

/// <summary>Texts of a transcript, in the format of the Python original, escaped so that no part of a call can break the format.</summary>
static partial class TranscriptText
{
    const int LongestResult = 50_000;

    /// <summary>Returns the beginning of a document.</summary>
    public static string Beginning(DateTimeOffset time) => $"# MCP Transcript\n**Started:** {CallLine.Time(time)}\n\n---\n\n";

    /// <summary>Returns the end of a document.</summary>
    public static string End(DateTimeOffset time) => $"\n---\n**Ended:** {CallLine.Time(time)}\n";

    /// <summary>Returns the entry of one call.</summary>
    public static string Entry(ToolCall call)
    {
        var text = new StringBuilder($"\n## [{CallLine.Time(call.Time)}] {(call.Ok ? '✓' : '✗')} `{CallLine.Name(call.Tool)}`\n\n");
        if (string.Join(", ", CallLine.Details(call)) is { Length: > 0 } details)
            text.Append(CultureInfo.InvariantCulture, $"**Call:** {details}\n\n");
        text.Append("**Parameters:**\n");
        foreach (var (name, value) in call.Params)
            text.Append(CultureInfo.InvariantCulture, $"  {Name(name)}: {Value(value)}\n");
        if (call.Params.IsEmpty)
            text.Append("  (none)\n");
        var result = Result(call);
        var fence = Fence(result);
        return text.Append(CultureInfo.InvariantCulture, $"\n**Result:**\n{fence}\n{result}\n{fence}\n\n---\n").ToString();
    }

    static string Result(ToolCall call) => call.ResultLength <= LongestResult && call.ResultLength == call.Result.Length
        ? call.Result
        : $"{Truncation.Beginning(call.Result, LongestResult)}\n\n... (truncated, {call.ResultLength} chars)";

    // Longer than any run of backticks in the text, so that no line of it can end the block.
    static string Fence(string text) => new('`', Math.Max(3, Backticks().EnumerateMatches(text).Longest() + 1));

    static string Name(string name) => PlainName().IsMatch(name) ? name : JsonSerializer.Serialize(name);

    // A text of one line is written unchanged; other values as JSON, which is one line.
    static string Value(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String && JsonText.Of(value) is var text && !text.Any(char.IsControl))
            return text;
        return JsonText.Raw(value).ReplaceLineEndings(" ");
    }

    static int Longest(this Regex.ValueMatchEnumerator matches)
    {
        var longest = 0;
        foreach (var match in matches)
            longest = Math.Max(longest, match.Length);
        return longest;
    }

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"^[\w.-]+\z")]
    private static partial Regex PlainName();
}
