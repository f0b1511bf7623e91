using McpScript.Invocation;

namespace McpScript.Protocol.Requests;

/// <summary>
/// The revisions with an initialize handshake, and the revision that is offered if a client requests another one (MCP 2025-11-25, lifecycle).
/// </summary>
static class HandshakeRevisions
{
    const string Newest = "2025-11-25";

    static readonly string[] Supported = ["2024-11-05", "2025-03-26", "2025-06-18", Newest];

    /// <summary>
    /// Returns the revision to answer with. 2026-07-28 is returned unchanged: it has no handshake, and clients of that revision understand the error for it.
    /// </summary>
    public static string Offer(string requested) =>
        requested == ProtocolVersions.Stateless || Supported.Contains(requested) ? requested : Newest;
}
