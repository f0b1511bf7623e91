using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Unloading;

/// <summary>A clock that a test moves, and that publishes the timers set on it: a test waits for the timer before it moves the clock.</summary>
sealed class WatchedTime : FakeTimeProvider
{
    readonly ConcurrentQueue<TimeSpan> _timers = [];
    readonly ConcurrentDictionary<(TimeSpan Due, int Count), TaskCompletionSource> _signals = [];
    readonly DateTimeOffset _start;
    int _open;

    public WatchedTime() => _start = GetUtcNow();

    /// <summary>Time since the test began.</summary>
    public TimeSpan Elapsed => GetUtcNow() - _start;

    /// <summary>The due times of the timers set so far, in order; without those that are set to never.</summary>
    public IReadOnlyList<TimeSpan> Timers => [.. _timers.Where(due => due != Timeout.InfiniteTimeSpan)];

    /// <summary>Number of timers that are not disposed of.</summary>
    public int OpenTimers => Volatile.Read(ref _open);

    /// <summary>Completes when a timer of this length has been set that many times.</summary>
    public Task TimerAsync(TimeSpan due, int count = 1)
    {
        var signal = _signals.GetOrAdd((due, count), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        Publish();
        return signal.Task.Soon();
    }

    /// <summary>Waits for a timer of this length, and moves the clock to its end.</summary>
    public async Task PassAsync(TimeSpan due, int count = 1)
    {
        await TimerAsync(due, count);
        Advance(due);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _open);
        var timer = new WatchedTimer(base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _open));
        _timers.Enqueue(dueTime);
        Publish();
        return timer;
    }

    void Publish()
    {
        foreach (var ((due, count), signal) in _signals)
            if (_timers.Count(timer => timer == due) >= count)
                signal.TrySetResult();
    }
}
