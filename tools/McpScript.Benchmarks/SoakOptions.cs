namespace McpScript.Benchmarks;

/// <summary>Options of the endurance test. It ends at the number of edits or at the time limit.</summary>
/// <param name="Edits">Maximum number of edits.</param>
/// <param name="Longest">Time limit.</param>
/// <param name="Callers">Clients that call during the test.</param>
/// <param name="Picture">Path of the chart (PNG); null for none.</param>
sealed record SoakOptions(int Edits, TimeSpan Longest, int Callers, string? Picture)
{
    /// <summary>Number of edits between two samples.</summary>
    public int Between => Math.Clamp(Edits / 400, 1, 100);

    /// <summary>Pause of a caller between calls.</summary>
    public TimeSpan Pause => TimeSpan.FromMilliseconds(5);
}
