namespace McpScript.Gates;

/// <summary>A caller that was blocked and has not unlocked the group since.</summary>
/// <param name="Holder">The caller.</param>
/// <param name="Group">The locked group.</param>
/// <param name="Tool">The tool of the last blocked call.</param>
/// <param name="At">Time of that call.</param>
sealed record GateBlocked(GateHolder Holder, string Group, string Tool, DateTimeOffset At);
