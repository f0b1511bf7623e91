namespace McpScript.Benchmarks;

/// <summary>How long a soak lasts.</summary>
/// <param name="Edits">The most edits.</param>
/// <param name="Longest">The longest time.</param>
/// <param name="Callers">Clients that call meanwhile.</param>
/// <param name="Picture">Where the lines are drawn (PNG); null for nowhere.</param>
sealed record SoakOptions(int Edits, TimeSpan Longest, int Callers, string? Picture)
{
    /// <summary>Edits from one sample to the next.</summary>
    public int Between => Math.Clamp(Edits / 400, 1, 100);

    /// <summary>What a caller waits between its calls.</summary>
    public TimeSpan Pause => TimeSpan.FromMilliseconds(5);
}
