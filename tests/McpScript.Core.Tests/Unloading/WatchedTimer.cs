namespace McpScript.Core.Tests.Unloading;

/// <summary>A timer that reports its disposal once.</summary>
sealed class WatchedTimer(ITimer timer, Action disposed) : ITimer
{
    int _isDisposed;

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            disposed();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
