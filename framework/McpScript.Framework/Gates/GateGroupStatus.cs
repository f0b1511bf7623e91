namespace McpScript.Gates;

/// <summary>State of a group for one caller.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="OpenFor">Time until it is locked if it is not used; zero if it is locked.</param>
/// <param name="LockedOutFor">Time until codes of this caller are accepted again; zero if they are.</param>
/// <param name="Trouble">The reason why its secret is not available; null if there is none.</param>
public sealed record GateGroupStatus(string Group, TimeSpan OpenFor, TimeSpan LockedOutFor, string? Trouble)
{
    /// <summary>True if it is unlocked for this caller.</summary>
    public bool IsOpen => OpenFor > TimeSpan.Zero;

    /// <summary>Returns the line that <c>gate_status</c> shows.</summary>
    public override string ToString() => this switch
    {
        { IsOpen: true } => $"✓ {Group}: UNLOCKED — auto-lock in {Readable(OpenFor)}",
        { LockedOutFor.Ticks: > 0 } => $"✗ {Group}: LOCKED — locked out for {Readable(LockedOutFor)}",
        { Trouble: { } trouble } => $"✗ {Group}: LOCKED — {trouble}",
        _ => $"✗ {Group}: LOCKED",
    };

    static string Readable(TimeSpan span) => $"{(int)span.TotalMinutes}m {span.Seconds}s";
}
