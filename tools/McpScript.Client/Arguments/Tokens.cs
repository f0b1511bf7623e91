using System.Text;

namespace McpScript.Client.Arguments;

/// <summary>Cuts a line into words at blanks; quotes, single or double, keep blanks together, and a backslash takes the next character as it is.</summary>
static class Tokens
{
    /// <summary>The words of a line.</summary>
    public static IReadOnlyList<Token> Parse(string line)
    {
        var words = new List<Token>();
        for (var at = 0; SkipBlanks(line, at) is var start && start < line.Length; at = words[^1].End)
            words.Add(Next(line, start));
        return words;
    }

    /// <summary>The first word of a line in lower case or as it is, and what comes after it.</summary>
    public static (string First, string After) SplitFirst(string line)
    {
        var first = Parse(line) is [var word, ..] ? word : default;
        return (first.Text ?? "", line[first.End..].Trim());
    }

    /// <summary>Writes a text so that it is one word.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\') ? text : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

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
            // As in shells: between single quotes, and before a character that needs none, a backslash is itself.
            else if (line[at] == '\\' && quote is not '\'' && at + 1 < line.Length && (line[at + 1] is '"' or '\\' or '\'' || char.IsWhiteSpace(line[at + 1])))
                text.Append(line[++at]);
            else
                text.Append(line[at]);
        return new(text.ToString(), start, at, quote);
    }

    static int SkipBlanks(string line, int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
            at++;
        return at;
    }
}
