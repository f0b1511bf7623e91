namespace McpScript.Hosting;

/// <summary>Extensions for waiting for a token.</summary>
static class CancellationTokenAsync
{
    /// <summary>Completes, without an exception, when the token fires.</summary>
    public static async Task WhenCanceled(this CancellationToken token) =>
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
