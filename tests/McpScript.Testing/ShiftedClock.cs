namespace McpScript.Testing;

/// <summary>The system's clock, put forward by as much as a test likes. Timers run on as they are.</summary>
public sealed class ShiftedClock : TimeProvider
{
    long _shift;

    /// <summary>Puts it forward.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetTimestamp() + (long)(Interlocked.Read(ref _shift) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));
}
