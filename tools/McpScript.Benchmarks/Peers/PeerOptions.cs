namespace McpScript.Benchmarks.Peers;

/// <summary>Options of the comparison of servers.</summary>
/// <param name="Rounds">Rounds per server.</param>
/// <param name="Calls">Calls per round.</param>
/// <param name="Callers">Concurrent callers.</param>
/// <param name="Transports">Transports to measure.</param>
sealed record PeerOptions(int Rounds, int Calls, int Callers, IReadOnlyList<PeerTransport> Transports)
{
    /// <summary>Calls before the first round, so that all code is compiled to the last tier.</summary>
    public int WarmUp => 20_000;
}
