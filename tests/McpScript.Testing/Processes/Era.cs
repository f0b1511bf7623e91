namespace McpScript.Testing.Processes;

/// <summary>One protocol revision of each era.</summary>
public static class Era
{
    /// <summary>The newest with an initialize handshake and sessions.</summary>
    public const string Sessions = "2025-11-25";

    /// <summary>The first without.</summary>
    public const string Stateless = "2026-07-28";
}
