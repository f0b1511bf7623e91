namespace McpScript.Testing;

/// <summary>A clock on which no time passes, for what must not depend on how slow the machine is. Timers run on.</summary>
public sealed class StoppedClock : TimeProvider
{
    /// <inheritdoc/>
    public override long GetTimestamp() => 0;
}
