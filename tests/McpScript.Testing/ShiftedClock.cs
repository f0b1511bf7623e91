namespace McpScript.Testing;

/// <summary>The system clock with an offset that a test can increase. Timers run in real time.</summary>
public sealed class ShiftedClock : TimeProvider
{
    long _shift;

    /// <summary>Moves the clock forward.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetTimestamp() + (long)(Interlocked.Read(ref _shift) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));
}
