namespace McpScript.Core.Tests.Loading;

/// <summary>A disposable value that counts its ends.</summary>
sealed class SessionValue : IDisposable
{
    readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _disposals;

    /// <summary>Completes at its first end.</summary>
    public Task Disposed => _disposed.Task;

    /// <summary>Number of its ends.</summary>
    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>Runs at its end, before it is counted.</summary>
    public Action AtEnd { get; set; } = () => { };

    /// <inheritdoc/>
    public void Dispose()
    {
        AtEnd();
        Interlocked.Increment(ref _disposals);
        _disposed.TrySetResult();
    }
}
