using McpScript.Client.Arguments;
using McpScript.Client.Terminal;

namespace McpScript.Client.Completion;

/// <summary>A line up to the cursor, as completion sees it.</summary>
/// <param name="Words">The words that are complete, without the command's.</param>
/// <param name="Typed">The beginning of the next one.</param>
/// <param name="Start">Where that begins in the line.</param>
/// <param name="Raw">The same, with its quotes.</param>
sealed record CompletionContext(IReadOnlyList<string> Words, string Typed, int Start, string Raw)
{
    /// <summary>Cuts a line.</summary>
    public static CompletionContext Parse(string beforeCursor)
    {
        var words = Arguments.Tokens.Parse(beforeCursor);
        // After a blank a new word begins, unless a quote is open.
        var inWord = words.Count > 0 && (words[^1].Open is not null || !char.IsWhiteSpace(beforeCursor[^1]));
        var current = inWord ? words[^1] : new Token("", beforeCursor.Length, beforeCursor.Length, null);
        return new([.. words.SkipLast(inWord ? 1 : 0).Select(word => word.Text)], current.Text, current.Start, beforeCursor[current.Start..]);
    }

    /// <summary>The same line seen from after its first word.</summary>
    public CompletionContext AfterFirst() => this with { Words = [.. Words.Skip(1)] };

    /// <summary>Those of some words that begin as what is typed.</summary>
    public Completions Matching(IEnumerable<string> candidates) =>
        new(Start, [.. candidates.Where(candidate => candidate.StartsWith(Typed, StringComparison.OrdinalIgnoreCase)).Distinct().Select(candidate => new Candidate(Arguments.Tokens.Quote(candidate)))]);
}
