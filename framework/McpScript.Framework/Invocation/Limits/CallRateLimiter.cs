using System.Globalization;
using System.Threading.RateLimiting;

namespace McpScript.Invocation.Limits;

/// <summary>Counts how often each caller calls each tool.</summary>
/// <param name="window">The time in which calls are counted.</param>
sealed class CallRateLimiter(TimeSpan window) : IAsyncDisposable
{
    // In tenths of the window: what was called a window ago counts no longer.
    const int Segments = 10;

    readonly PartitionedRateLimiter<Caller> _limiter = PartitionedRateLimiter.Create<Caller, Caller>(caller =>
        RateLimitPartition.GetSlidingWindowLimiter(caller, _ => Window(caller.Rate, window)));

    /// <summary>Counts a call, or says why it is one too many.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="principal">The caller; null for all who are not authenticated: a new session would be a new caller otherwise.</param>
    /// <param name="rate">How many calls; null for any number.</param>
    public string? Refusal(string tool, string? principal, int? rate)
    {
        if (rate is not { } most)
            return null;
        using var lease = _limiter.AttemptAcquire(new(tool, principal, most));
        return lease.IsAcquired ? null : string.Create(CultureInfo.InvariantCulture, $"'{tool}' may be called {most} times in {window.TotalSeconds:0.###} s by one caller (limits.rate). Wait, and call it less often.");
    }

    /// <summary>The window of one caller and tool; the library's clock moves it.</summary>
    /// <param name="rate">The most calls within it.</param>
    /// <param name="window">Its length.</param>
    internal static SlidingWindowRateLimiterOptions Window(int rate, TimeSpan window) =>
        new() { PermitLimit = rate, Window = window, SegmentsPerWindow = Segments, QueueLimit = 0 };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    readonly record struct Caller(string Tool, string? Principal, int Rate);
}
