using McpScript.Testing;

namespace McpScript.Framework.Tests.Http;

/// <summary>A door that a tool waits at, and a test opens.</summary>
sealed class Door
{
    readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TimeSpan Patience => WaitLimits.Event;

    /// <summary>Completes when a tool waits.</summary>
    public Task CallerWaiting => _waiting.Task.WaitAsync(Patience);

    /// <summary>Completes when the wait of a tool is cancelled.</summary>
    public Task CallerCancelled => _cancelled.Task.WaitAsync(Patience);

    public bool IsCancelled => _cancelled.Task.IsCompleted;

    public void Open() => _open.TrySetResult();

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        _waiting.TrySetResult();
        try
        {
            await _open.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }
    }
}
