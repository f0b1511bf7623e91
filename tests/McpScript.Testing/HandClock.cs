namespace McpScript.Testing;

/// <summary>A clock that stands until it is moved on. Timers run on as they do.</summary>
/// <param name="now">Where it stands; null for some moment.</param>
public sealed class HandClock(DateTimeOffset? now = null) : TimeProvider
{
    long _ticks = (now ?? new(2030, 1, 1, 10, 0, 15, TimeSpan.Zero)).UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <summary>Moves it on.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
