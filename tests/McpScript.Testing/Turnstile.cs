namespace McpScript.Testing;

/// <summary>Gate at which plugin code waits until the test opens it.</summary>
public sealed class Turnstile
{
    readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first caller waits.</summary>
    public Task CallerWaiting => _waiting.Task.WaitAsync(TestHost.Patience);

    /// <summary>Waits until the gate is open.</summary>
    public Task PassAsync(CancellationToken cancellationToken = default)
    {
        _waiting.TrySetResult();
        return _open.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Opens the gate for all current and future callers.</summary>
    public void Open() => _open.TrySetResult();
}
