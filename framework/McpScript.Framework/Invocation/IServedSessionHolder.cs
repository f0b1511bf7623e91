namespace McpScript.Invocation;

/// <summary>
/// A tool collection with the session of its server. The SDK passes the same collection to every request of a server, so that no table is needed.
/// </summary>
interface IServedSessionHolder
{
    /// <summary>The session; null for a server of stateless requests.</summary>
    ServedSession? Session { get; }
}
