using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Unloading;

/// <summary>
/// Ends generations in the background: drains, cancels, disposes and releases them, each step bounded in time, and verifies that load contexts are
/// collected. Thread-safe.
/// </summary>
/// <param name="options">Bounds of the steps.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Logs calls that were cancelled, and clean-up that fails or is slow.</param>
sealed partial class Retirement(RetirementOptions options, TimeProvider time, ILogger<Retirement> log) : IGenerationTracker, IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<DrainingGeneration> _draining = [];
    readonly UnloadVerifier _verifier = new(options, time, log);
    readonly CancellationTokenSource _endOfCalls = new(Timeout.InfiniteTimeSpan, time);
    readonly CancellationTokenSource _endOfCancelledCalls = new(Timeout.InfiniteTimeSpan, time);
    readonly CancellationTokenSource _endOfCleanUp = new(Timeout.InfiniteTimeSpan, time);
    bool _disposed;

    /// <summary>Number of load contexts that are not collected, those of loaded plugins included.</summary>
    public int LiveGenerations => _verifier.LiveGenerations;

    /// <summary>Generations that are no longer served and not gone.</summary>
    public IReadOnlyList<RetiredGeneration> Generations
    {
        get
        {
            // In this order: between the two a generation may change from the one list to the other, and is listed once then.
            List<DrainingGeneration> draining;
            lock (_lock)
                draining = [.. _draining];
            var unloaded = _verifier.Generations;
            return
            [
                .. draining.Where(generation => !unloaded.Any(entry => (entry.Plugin, entry.Generation) == (generation.Plugin, generation.Generation)))
                    .Select(generation => generation.Describe()),
                .. unloaded,
            ];
        }
    }

    /// <inheritdoc/>
    public PluginLoadContext Track(PluginLoadContext context) => _verifier.Track(context);

    /// <inheritdoc/>
    public void Verify(UnloadedGeneration generation) => _verifier.Verify(generation);

    /// <summary>Takes a generation out of service after a reload.</summary>
    /// <returns>Completes when the plugin has been notified that it retires; the other steps run in the background.</returns>
    public Task ReplaceAsync(Plugin plugin) => StartAsync(plugin, options.ReloadDrain);

    /// <summary>Takes a generation out of service after an unload.</summary>
    /// <returns>Completes when the plugin has been notified that it retires; the other steps run in the background.</returns>
    public Task UnloadAsync(Plugin plugin) => StartAsync(plugin, options.UnloadDrain);

    /// <inheritdoc/>
    public void Discard(Plugin plugin) => _ = StartAsync(plugin, TimeSpan.Zero);

    /// <summary>Waits at shutdown until all generations have ended; every step gets no more than the time that the shutdown has left for it.</summary>
    public async Task FinishAsync(ShutdownDeadline end)
    {
        _endOfCalls.CancelAfter(end.ForCalls);
        _endOfCancelledCalls.CancelAfter(end.ForCancelled);
        _endOfCleanUp.CancelAfter(end.ForCleanUp);
        Task[] open;
        lock (_lock)
            open = [.. _draining.Select(generation => generation.Done)];
        await Task.WhenAll(open);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _verifier.DisposeAsync();
        foreach (var source in (CancellationTokenSource[])[_endOfCalls, _endOfCancelledCalls, _endOfCleanUp])
            source.Dispose();
    }

    Task StartAsync(Plugin plugin, TimeSpan? drain)
    {
        plugin.Leases.Close();
        var generation = new DrainingGeneration(plugin);
        // All of it, so that a shutdown at the same time waits for this generation too.
        lock (_lock)
        {
            var notified = RunAsync(plugin, () =>
            {
                plugin.StartRetiring();
                return Task.CompletedTask;
            });
            generation.Done = Task.Run(() => EndAsync(generation, plugin, drain, notified));
            _draining.Add(generation);
            return notified;
        }
    }

    async Task EndAsync(DrainingGeneration generation, Plugin plugin, TimeSpan? drain, Task notified)
    {
        await notified;
        if (!await WithinAsync(plugin.Leases.Drained, drain ?? Timeout.InfiniteTimeSpan, _endOfCalls.Token))
            CallsCancelled(plugin.Reference.Name, plugin.Leases.Running().Count);
        await RunAsync(plugin, () =>
        {
            plugin.StartUnloading();
            return Task.CompletedTask;
        });
        await WithinAsync(plugin.Leases.Drained, options.CancelGrace, _endOfCancelledCalls.Token);
        // Retiring ends what OnLive began; only then may OnUnload dispose what it works with.
        await WithinAsync(plugin.Activation, options.CancelGrace, _endOfCancelledCalls.Token);
        generation.IsUnloading = true;
        await RunAsync(plugin, async () =>
        {
            foreach (var failure in await plugin.DisposeAsync())
                CleanUpFailed(plugin.Reference.Name, ExceptionText.Of(failure));
        });
        plugin.Release();
        lock (_lock)
            _draining.Remove(generation);
    }

    async Task<bool> WithinAsync(Task task, TimeSpan limit, CancellationToken hurry)
    {
        using var limited = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, hurry);
        await task.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    // Plugin code: on a flow of its own, bounded in time, and its exceptions are logged.
    async Task RunAsync(Plugin plugin, Func<Task> action)
    {
        Task run;
        using (ExecutionContext.SuppressFlow())
            run = Task.Run(async () =>
            {
                using var flow = PluginExecutionContext.Enter(plugin);
                try
                {
                    await action();
                }
                catch (Exception e)
                {
                    CleanUpFailed(plugin.Reference.Name, ExceptionText.Of(e));
                }
            });
        if (!await WithinAsync(run, options.CancelGrace, _endOfCleanUp.Token))
            CleanUpSlow(plugin.Reference.Name, options.CancelGrace.TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' is still unloading: {Calls} call(s) did not finish in time and were cancelled.")]
    partial void CallsCancelled(string plugin, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' failed while cleaning up; the rest of its clean-up went on.")]
    partial void CleanUpFailed(string plugin, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' did not finish its clean-up within {Seconds} s; going on without it.")]
    partial void CleanUpSlow(string plugin, double seconds);
}
