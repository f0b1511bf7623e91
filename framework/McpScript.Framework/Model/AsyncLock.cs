namespace McpScript.Model;

/// <summary>Mutual exclusion across awaits: <c>using (await gate.EnterAsync(token))</c>. Not reentrant. Thread-safe.</summary>
sealed class AsyncLock
{
    readonly SemaphoreSlim _one = new(1);

    /// <summary>Waits until no other caller is inside.</summary>
    /// <returns>Presence of the caller; disposing it lets the next caller in.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the caller entered.</exception>
    public async ValueTask<Holder> EnterAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        return new(_one);
    }

    /// <summary>Presence of one caller; dispose it once.</summary>
    public readonly struct Holder(SemaphoreSlim one) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => one.Release();
    }
}
