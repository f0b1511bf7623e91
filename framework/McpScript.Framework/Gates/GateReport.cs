namespace McpScript.Gates;

// What an operator sees of the gate, together because each is a line.

/// <summary>The gate at one moment.</summary>
/// <param name="Enabled">False if it was turned off.</param>
/// <param name="Groups">The groups, by name.</param>
/// <param name="Blocked">Who was held back lately and has not been let in since, the newest first.</param>
sealed record GateReport(bool Enabled, IReadOnlyList<GateGroupReport> Groups, IReadOnlyList<GateBlocked> Blocked);

/// <summary>A group at one moment.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Open">To whom it is open.</param>
/// <param name="LockedOut">Whose codes are not taken.</param>
/// <param name="Trouble">What keeps its secret from being had; null if nothing is known.</param>
sealed record GateGroupReport(string Group, IReadOnlyList<GateUnlock> Open, IReadOnlyList<GateLockedOut> LockedOut, string? Trouble);

/// <summary>Somebody to whom a group is open.</summary>
sealed record GateUnlock(GateHolder Holder, TimeSpan OpenFor);

/// <summary>Somebody whose codes are not taken.</summary>
sealed record GateLockedOut(string Who, TimeSpan For);
