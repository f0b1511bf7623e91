namespace McpScript.Client.Terminal;

/// <summary>How a line could go on.</summary>
/// <param name="From">Where the part begins that each candidate would replace.</param>
/// <param name="Candidates">What could stand there.</param>
sealed record Completions(int From, IReadOnlyList<Candidate> Candidates)
{
    /// <summary>No idea.</summary>
    public static Completions None { get; } = new(0, []);
}
