using McpScript.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>A clock that a test moves and that knows how many of its timers are not disposed.</summary>
sealed class CountedTimers : FakeTimeProvider
{
    /// <summary>The longest wait for something that must happen.</summary>
    public static TimeSpan Patience => WaitLimits.Event;

    readonly SemaphoreSlim _closed = new(0);
    int _open;

    /// <summary>Number of timers that are not disposed.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Waits until all timers are disposed.</summary>
    public async Task UntilNoneIsOpenAsync()
    {
        while (Open > 0)
            Assert.True(await _closed.WaitAsync(Patience), "A timer was left open.");
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _open);
        return new Counted(base.CreateTimer(callback, state, dueTime, period), Close);
    }

    void Close()
    {
        Interlocked.Decrement(ref _open);
        _closed.Release();
    }

    sealed class Counted(ITimer inner, Action disposed) : ITimer
    {
        int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                disposed();
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
