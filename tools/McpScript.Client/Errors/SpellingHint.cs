namespace McpScript.Client.Errors;

/// <summary>Suggestions for misspelled names.</summary>
static class SpellingHint
{
    /// <summary>Finds the nearest candidate, ignoring case; null if all differ by more than a third of the word's letters (at least 2).</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
        .Where(pair => pair.Distance <= Math.Max(2, word.Length / 3) && pair.Distance < word.Length)
        .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
        .Select(pair => pair.Candidate).FirstOrDefault();

    /// <summary>Formats " Did you mean '…'?" with the nearest candidate; empty if there is none.</summary>
    public static string For(string word, IEnumerable<string> candidates) => Nearest(word, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    // Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
    static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
                rows[i, j] = i == 0 ? j : j == 0 ? i : Cheapest(i, j);
        return rows[a.Length, b.Length];

        int Cheapest(int i, int j)
        {
            var least = Math.Min(rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
            var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            return swapped ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
        }
    }
}
