using System.Text;

namespace McpScript.Client.Arguments;

/// <summary>
/// Splits a line into tokens at white space, as shells do: single and double quotes group, and a backslash escapes a quote, a backslash or a blank.
/// </summary>
static class Tokens
{
    /// <summary>Returns the tokens of a line.</summary>
    public static IReadOnlyList<Token> Parse(string line)
    {
        var tokens = new List<Token>();
        for (var at = 0; SkipBlanks(line, at) is var start && start < line.Length; at = tokens[^1].End)
            tokens.Add(Next(line, start));
        return tokens;
    }

    /// <summary>Splits a line into its first token and the trimmed rest; both are empty for an empty line.</summary>
    public static (string First, string After) SplitFirst(string line)
    {
        var first = Parse(line) is [var token, ..] ? token : default;
        return (first.Text ?? "", line[first.End..].Trim());
    }

    /// <summary>Quotes a text if necessary, so that it is parsed as one token.</summary>
    public static string Quote(string text) => text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\')
        ? text
        : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    static Token Next(string line, int start)
    {
        var text = new StringBuilder();
        char? quote = null;
        var at = start;
        for (; at < line.Length && (quote is not null || !char.IsWhiteSpace(line[at])); at++)
            if (line[at] == quote)
                quote = null;
            else if (quote is null && line[at] is '"' or '\'')
                quote = line[at];
            // As in shells, a backslash is literal inside single quotes and before any other character.
            else if (line[at] == '\\' && quote is not '\'' && at + 1 < line.Length && IsEscapable(line[at + 1]))
                text.Append(line[++at]);
            else
                text.Append(line[at]);
        return new(text.ToString(), start, at, quote);
    }

    static bool IsEscapable(char c) => c is '"' or '\\' or '\'' || char.IsWhiteSpace(c);

    static int SkipBlanks(string line, int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
            at++;
        return at;
    }
}
