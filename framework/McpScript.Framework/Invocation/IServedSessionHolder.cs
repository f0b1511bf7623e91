namespace McpScript.Invocation;

/// <summary>
/// Tool collection of a server that knows the server's session: the SDK hands the same collection to every request of a server, so no table is needed.
/// </summary>
interface IServedSessionHolder
{
    /// <summary>The session; null for a server of stateless requests.</summary>
    ServedSession? Session { get; }
}
