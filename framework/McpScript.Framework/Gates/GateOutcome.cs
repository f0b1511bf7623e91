namespace McpScript.Gates;

/// <summary>How the gate answers.</summary>
public enum GateOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The code is wrong, or was used already.</summary>
    WrongCode,

    /// <summary>There were too many wrong codes.</summary>
    LockedOut,

    /// <summary>There is no such group.</summary>
    UnknownGroup,

    /// <summary>The group's secret cannot be had.</summary>
    NoSecret,

    /// <summary>Not like that: something is missing, or this caller cannot.</summary>
    NotPossible,
}
