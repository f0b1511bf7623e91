namespace McpScript.Testing;

/// <summary>A clock that changes only by <see cref="Advance"/>. Timers run in real time.</summary>
/// <param name="now">Start time; null for a fixed time in 2030.</param>
public sealed class ManualClock(DateTimeOffset? now = null) : TimeProvider
{
    long _ticks = (now ?? new(2030, 1, 1, 10, 0, 15, TimeSpan.Zero)).UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <summary>Moves the clock forward.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
