namespace McpScript.Invocation;

/// <summary>The two families of protocol revisions: with initialize and sessions (up to 2025-11-25), and stateless (from 2026-07-28).</summary>
static class ProtocolVersions
{
    /// <summary>The first revision without sessions.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>Returns true if a revision with sessions has been negotiated.</summary>
    public static bool HasSession(string? negotiated) => negotiated is not null && string.CompareOrdinal(negotiated, Stateless) < 0;
}
