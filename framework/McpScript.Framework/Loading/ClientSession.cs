namespace McpScript.Loading;

/// <summary>A client's connection, from when its server is made to its end: one of HTTP with a session id, or one over a pair of streams.</summary>
sealed class ClientSession : IDisposable
{
    readonly CancellationTokenSource _ended = new();

    /// <summary>Fires at its end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>It has ended.</summary>
    public void Dispose() => _ended.Cancel();
}
