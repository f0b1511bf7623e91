using McpScript.Invocation;

namespace McpScript.Protocol.Requests;

/// <summary>
/// The revisions that begin with an initialize handshake, and the one that is offered to a client that asks for another (MCP 2025-11-25, lifecycle).
/// </summary>
static class HandshakeRevisions
{
    const string Newest = "2025-11-25";

    static readonly string[] s_spoken = ["2024-11-05", "2025-03-26", "2025-06-18", Newest];

    /// <summary>The revision to answer with. 2026-07-28 is left as it is: it has no handshake, and clients that know it know the error that says so.</summary>
    public static string Offer(string asked) => asked == ProtocolVersions.Stateless || s_spoken.Contains(asked) ? asked : Newest;
}
