using McpScript.Loading;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>One client's connection, from the creation of its server to its end: an HTTP session, or a pair of streams. Thread-safe.</summary>
/// <param name="isOnlyClient">True if no other client can reach the server, as over stdio.</param>
sealed class ServedSession(bool isOnlyClient) : ISessionLifetime, IDisposable
{
    readonly CancellationTokenSource _ended = new();

    /// <summary>True if no other client can reach the server. Set by the creator of the server, never inferred.</summary>
    public bool IsOnlyClient => isOnlyClient;

    /// <inheritdoc/>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Returns the session of a server or of a request's wrapper of it; null if the server serves one stateless request.</summary>
    public static ServedSession? Of(McpServer server) => (server.ServerOptions.ToolCollection as IServedSessionHolder)?.Session;

    /// <summary>Ends the session; a second call does nothing.</summary>
    public void Dispose() => _ended.Cancel();
}
