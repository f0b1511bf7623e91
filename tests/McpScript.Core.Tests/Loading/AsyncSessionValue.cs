namespace McpScript.Core.Tests.Loading;

/// <summary>A value with both kinds of disposal, of which the asynchronous one is expected.</summary>
sealed class AsyncSessionValue : IAsyncDisposable, IDisposable
{
    /// <summary>The disposals that have run.</summary>
    public List<string> Ends { get; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Ends.Add("async");
    }

    /// <inheritdoc/>
    public void Dispose() => Ends.Add("sync");
}
