namespace McpScript.Gates;

/// <summary>A group as one caller finds it.</summary>
/// <param name="Group">Its name.</param>
/// <param name="OpenFor">How long it stays open if it is not used; zero if it is locked.</param>
/// <param name="LockedOutFor">How long no code is taken from him; zero if one is.</param>
/// <param name="Trouble">What keeps its secret from being had; null if nothing is known.</param>
public sealed record GateGroupStatus(string Group, TimeSpan OpenFor, TimeSpan LockedOutFor, string? Trouble)
{
    /// <summary>True if it is open to him.</summary>
    public bool IsOpen => OpenFor > TimeSpan.Zero;

    /// <summary>A line, as <c>gate_status</c> shows it.</summary>
    public override string ToString() => this switch
    {
        { IsOpen: true } => $"✓ {Group}: UNLOCKED — auto-lock in {Readable(OpenFor)}",
        { LockedOutFor.Ticks: > 0 } => $"✗ {Group}: LOCKED — locked out for {Readable(LockedOutFor)}",
        { Trouble: { } trouble } => $"✗ {Group}: LOCKED — {trouble}",
        _ => $"✗ {Group}: LOCKED",
    };

    static string Readable(TimeSpan span) => $"{(int)span.TotalMinutes}m {span.Seconds}s";
}
