using McpScript.Client.Arguments;
using McpScript.Client.Terminal;

namespace McpScript.Client.Completion;

/// <summary>The line before the cursor, parsed for completion.</summary>
/// <param name="Words">Complete words before the word at the cursor.</param>
/// <param name="Typed">Beginning of the word at the cursor, without quotes; may be empty.</param>
/// <param name="Start">Index of that word in the line.</param>
/// <param name="Raw">The same text as typed, with quotes.</param>
sealed record CompletionContext(IReadOnlyList<string> Words, string Typed, int Start, string Raw)
{
    /// <summary>Parses the text before the cursor.</summary>
    public static CompletionContext Parse(string beforeCursor)
    {
        var words = Tokens.Parse(beforeCursor);
        // A blank ends a word, unless a quote is open.
        var inWord = words.Count > 0 && (words[^1].Open is not null || !char.IsWhiteSpace(beforeCursor[^1]));
        var current = inWord ? words[^1] : new Token("", beforeCursor.Length, beforeCursor.Length, null);
        return new([.. words.SkipLast(inWord ? 1 : 0).Select(word => word.Text)], current.Text, current.Start, beforeCursor[current.Start..]);
    }

    /// <summary>Returns the context without the first word.</summary>
    public CompletionContext AfterFirst() => this with { Words = [.. Words.Skip(1)] };

    /// <summary>Returns the candidates that begin with <see cref="Typed"/>, ignoring case.</summary>
    public Completions Matching(IEnumerable<string> candidates)
    {
        var matching = candidates.Where(candidate => candidate.StartsWith(Typed, StringComparison.OrdinalIgnoreCase)).Distinct();
        return new(Start, [.. matching.Select(candidate => new Candidate(Tokens.Quote(candidate)))]);
    }
}
