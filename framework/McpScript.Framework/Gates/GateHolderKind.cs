namespace McpScript.Gates;

/// <summary>Kinds of owners of an unlock.</summary>
public enum GateHolderKind
{
    /// <summary>A session (protocol versions up to 2025-11-25).</summary>
    Session,

    /// <summary>An authenticated caller without a session.</summary>
    Principal,

    /// <summary>The only client of a server over stdio.</summary>
    Process,

    /// <summary>All callers with neither session nor identity.</summary>
    Anonymous,
}
