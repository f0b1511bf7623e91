namespace McpScript.Testing;

/// <summary>A clock on which no time passes, for code whose result must not depend on the speed of the machine. Timers run in real time.</summary>
public sealed class StoppedClock : TimeProvider
{
    /// <inheritdoc/>
    public override long GetTimestamp() => 0;
}
