namespace McpScript.Gates;

// An operator's view of the gate; one file, because each record is a line.

/// <summary>State of the gate.</summary>
/// <param name="Enabled">False if the gate is disabled.</param>
/// <param name="Groups">The groups, by name.</param>
/// <param name="Blocked">Callers that were blocked and have not unlocked the group since, the newest first.</param>
sealed record GateReport(bool Enabled, IReadOnlyList<GateGroupReport> Groups, IReadOnlyList<GateBlocked> Blocked);

/// <summary>State of a group.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Open">The unlocks in force.</param>
/// <param name="LockedOut">The callers that are locked out.</param>
/// <param name="Trouble">The reason why its secret is not available; null if there is none.</param>
sealed record GateGroupReport(string Group, IReadOnlyList<GateUnlock> Open, IReadOnlyList<GateLockedOut> LockedOut, string? Trouble);

/// <summary>An unlock in force, and the time until it ends if it is not used.</summary>
sealed record GateUnlock(GateHolder Holder, TimeSpan OpenFor);

/// <summary>A caller that is locked out, and the remaining time.</summary>
sealed record GateLockedOut(string Who, TimeSpan For);
