namespace McpScript.Client.Terminal;

/// <summary>Completions of a line at the cursor.</summary>
/// <param name="From">Index in the line of the part that a candidate replaces; the part ends at the cursor.</param>
/// <param name="Candidates">Possible replacements; may be empty.</param>
sealed record Completions(int From, IReadOnlyList<Candidate> Candidates)
{
    /// <summary>No candidates.</summary>
    public static Completions None { get; } = new(0, []);
}
