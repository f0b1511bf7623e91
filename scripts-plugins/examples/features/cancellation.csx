// Cancellation: the token is cancelled when the client cancels the call or disconnects, and when the plugin is unloaded.
var cancelled = 0;

mcp.Tool("count_sheep", "Counts sheep until it is stopped.", async (IProgress<ProgressNotificationValue> progress, CancellationToken ct) =>
{
    try
    {
        for (var sheep = 1; ; sheep++)
        {
            progress.Report(new() { Progress = sheep });
            await Task.Delay(100, ct);
        }
    }
    finally
    {
        Interlocked.Increment(ref cancelled);
    }
});

mcp.Resource("sheep://cancelled", () => $"{cancelled}", new() { Description = "Number of cancelled calls." });
