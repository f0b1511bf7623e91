namespace McpScript.Gates;

/// <summary>Kinds of results of the gate.</summary>
public enum GateOutcome
{
    /// <summary>The request succeeded.</summary>
    Done,

    /// <summary>The code is wrong, or was used already.</summary>
    WrongCode,

    /// <summary>There were too many wrong codes.</summary>
    LockedOut,

    /// <summary>The group does not exist.</summary>
    UnknownGroup,

    /// <summary>The group's secret is not available.</summary>
    NoSecret,

    /// <summary>The request is incomplete, or not possible for this caller.</summary>
    NotPossible,
}
