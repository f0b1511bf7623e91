namespace McpScript.Tests.Calls;

/// <summary>A clock that stands until it is moved, two hours east of Greenwich.</summary>
sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    DateTimeOffset _now = now;

    public ManualTime()
        : this(new(2030, 1, 1, 10, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), null, null);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.UtcTicks;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
