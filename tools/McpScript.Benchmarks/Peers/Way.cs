namespace McpScript.Benchmarks.Peers;

/// <summary>How a peer is called.</summary>
enum Way
{
    /// <summary>Streamable HTTP with a session, 2025-11-25.</summary>
    HttpSession,

    /// <summary>Streamable HTTP without one, 2026-07-28.</summary>
    HttpStateless,

    /// <summary>stdio, 2025-11-25.</summary>
    Stdio,
}
