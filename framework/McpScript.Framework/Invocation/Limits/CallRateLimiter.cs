using System.Globalization;
using System.Threading.RateLimiting;

namespace McpScript.Invocation.Limits;

/// <summary>Limits the number of calls of each tool by each caller. Thread-safe.</summary>
/// <param name="window">The period in which calls are counted.</param>
sealed class CallRateLimiter(TimeSpan window) : IAsyncDisposable
{
    // The window slides in steps of a tenth of its length.
    const int Segments = 10;

    readonly PartitionedRateLimiter<Caller> _limiter = PartitionedRateLimiter.Create<Caller, Caller>(caller =>
        RateLimitPartition.GetSlidingWindowLimiter(caller, _ => Window(caller.Rate, window)));

    /// <summary>Counts a call; returns the reason if it exceeds the limit, else null.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="principal">The caller; null for all callers without authentication, because each could get a new limit with a new session.</param>
    /// <param name="rate">The largest number of calls; null for no limit.</param>
    public string? Refusal(string tool, string? principal, int? rate)
    {
        if (rate is not { } most)
            return null;
        using var lease = _limiter.AttemptAcquire(new(tool, principal, most));
        if (lease.IsAcquired)
            return null;
        var seconds = window.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"'{tool}' may be called {most} times in {seconds:0.###} s by one caller (limits.rate). Wait, and call it less often.");
    }

    /// <summary>Returns the options for one caller and tool. The library measures the time with its own clock.</summary>
    /// <param name="rate">The largest number of calls within the window.</param>
    /// <param name="window">The length of the window.</param>
    internal static SlidingWindowRateLimiterOptions Window(int rate, TimeSpan window) =>
        new() { PermitLimit = rate, Window = window, SegmentsPerWindow = Segments, QueueLimit = 0 };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    readonly record struct Caller(string Tool, string? Principal, int Rate);
}
