namespace McpScript.Invocation;

/// <summary>The two ways of speaking MCP: with initialize and a session up to 2025-11-25, without either from 2026-07-28 on.</summary>
static class ProtocolVersions
{
    /// <summary>The first revision without sessions.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>True once a session-era revision has been negotiated.</summary>
    public static bool HasSession(string? negotiated) => negotiated is not null && string.CompareOrdinal(negotiated, Stateless) < 0;
}
