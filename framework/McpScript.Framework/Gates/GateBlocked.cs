namespace McpScript.Gates;

/// <summary>A caller who was held back and has not been let in since.</summary>
/// <param name="Holder">Who.</param>
/// <param name="Group">By which group.</param>
/// <param name="Tool">Last with which tool.</param>
/// <param name="At">When that was.</param>
sealed record GateBlocked(GateHolder Holder, string Group, string Tool, DateTimeOffset At);
