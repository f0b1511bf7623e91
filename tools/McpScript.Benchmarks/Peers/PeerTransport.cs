namespace McpScript.Benchmarks.Peers;

/// <summary>Transport of a measurement.</summary>
enum PeerTransport
{
    /// <summary>Streamable HTTP with a session (protocol 2025-11-25).</summary>
    HttpSession,

    /// <summary>Streamable HTTP without a session (protocol 2026-07-28).</summary>
    HttpStateless,

    /// <summary>stdio (protocol 2025-11-25).</summary>
    Stdio,
}
