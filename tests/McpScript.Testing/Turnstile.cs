namespace McpScript.Testing;

/// <summary>A door that plugin code waits at until the test opens it.</summary>
public sealed class Turnstile
{
    readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first one has come to the door.</summary>
    public Task SomeoneWaiting => _waiting.Task.WaitAsync(TestHost.Patience);

    /// <summary>Waits for the door to open.</summary>
    public Task PassAsync(CancellationToken cancellationToken = default)
    {
        _waiting.TrySetResult();
        return _open.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets everybody through from here on.</summary>
    public void Open() => _open.TrySetResult();
}
