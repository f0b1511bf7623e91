namespace McpScript.Gates;

/// <summary>What an unlock can belong to.</summary>
public enum GateHolderKind
{
    /// <summary>A session, up to 2025-11-25.</summary>
    Session,

    /// <summary>An authenticated caller of the era without sessions.</summary>
    Principal,

    /// <summary>The one client of a server over stdio.</summary>
    Process,

    /// <summary>Everybody who has neither session nor identity.</summary>
    Anonymous,
}
