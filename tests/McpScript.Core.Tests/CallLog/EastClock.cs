using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.CallLog;

/// <summary>Clocks that a test moves, two hours east of Greenwich.</summary>
static class EastClock
{
    /// <summary>A clock at a moment; 2030-01-01 10:00 UTC if none is given.</summary>
    public static FakeTimeProvider At(DateTimeOffset? now = null)
    {
        var clock = new FakeTimeProvider(now ?? new(2030, 1, 1, 10, 0, 0, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), null, null));
        return clock;
    }
}
