namespace McpScript.Testing.Processes;

/// <summary>Protocol revisions with and without sessions, one of each.</summary>
public static class Era
{
    /// <summary>Newest revision with an initialize handshake and sessions.</summary>
    public const string Sessions = "2025-11-25";

    /// <summary>First revision without sessions.</summary>
    public const string Stateless = "2026-07-28";
}
