namespace McpScript.Benchmarks.Peers;

/// <summary>How peers are compared.</summary>
/// <param name="Rounds">Turns that each of them gets.</param>
/// <param name="Calls">Calls in a turn.</param>
/// <param name="Callers">Callers at once.</param>
/// <param name="Ways">Over what.</param>
sealed record PeerOptions(int Rounds, int Calls, int Callers, IReadOnlyList<Way> Ways)
{
    /// <summary>Calls before the first turn, until all is compiled to its last tier.</summary>
    public int WarmUp => 20_000;
}
