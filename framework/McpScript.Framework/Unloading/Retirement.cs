using System.Globalization;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Unloading;

/// <summary>Drains, cancels, disposes and unloads retired generations in the background, and verifies their collection. Safe for concurrent use.</summary>
sealed partial class Retirement(RetirementOptions options, TimeProvider time, ILogger<Retirement> log) : IGenerationTracker, IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<WeakReference> _contexts = [];
    readonly List<Departure> _departures = [];
    readonly CancellationTokenSource _hurry = new(Timeout.InfiniteTimeSpan, time);
    readonly CancellationTokenSource _leave = new(Timeout.InfiniteTimeSpan, time);
    readonly CancellationTokenSource _over = new(Timeout.InfiniteTimeSpan, time);
    readonly SemaphoreSlim _collect = new(0);
    readonly CancellationTokenSource _stop = new();
    Task? _collector;

    /// <summary>The number of load contexts that are not collected yet, those of loaded plugins included.</summary>
    public int LiveGenerations
    {
        get
        {
            lock (_lock)
            {
                _contexts.RemoveAll(context => !context.IsAlive);
                return _contexts.Count;
            }
        }
    }

    /// <summary>Starts counting a context.</summary>
    public PluginLoadContext Track(PluginLoadContext context)
    {
        lock (_lock)
            _contexts.Add(new WeakReference(context, trackResurrection: true));
        return context;
    }

    /// <summary>The generations that are retired and not collected.</summary>
    public IReadOnlyList<RetiredGeneration> Generations
    {
        get
        {
            lock (_lock)
            {
                _departures.RemoveAll(departure => departure.IsGone);
                return [.. _departures.Select(departure => departure.Describe())];
            }
        }
    }

    /// <summary>Retires a generation after a reload. Completes when its Retiring callbacks have returned or timed out; continues in the background.</summary>
    public Task ReplaceAsync(Plugin plugin) => StartAsync(plugin, options.ReloadDrain);

    /// <summary>Retires a generation after an unload. Completes like <see cref="ReplaceAsync"/>.</summary>
    public Task UnloadAsync(Plugin plugin) => StartAsync(plugin, options.UnloadDrain);

    /// <summary>Retires a generation that was never served.</summary>
    public void Discard(Plugin plugin) => _ = StartAsync(plugin, TimeSpan.Zero);

    /// <summary>Completes all retirements within the shutdown's time.</summary>
    public async Task FinishAsync(ShutdownDeadline end)
    {
        _hurry.CancelAfter(end.ForCalls);
        _leave.CancelAfter(end.ForCancelled);
        _over.CancelAfter(end.ForCleanUp);
        Task[] open;
        lock (_lock)
            open = [.. _departures.Select(departure => departure.Done)];
        await Task.WhenAll(open);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        if (_collector is { } collector)
            await collector;
        foreach (var source in (CancellationTokenSource[])[_hurry, _leave, _over])
            source.Dispose();
        _stop.Dispose();
        _collect.Dispose();
    }

    Task StartAsync(Plugin plugin, TimeSpan? drain)
    {
        plugin.Leases.Close();
        var departure = new Departure(plugin, time);
        lock (_lock)
        {
            _departures.Add(departure);
            _collector ??= Task.Run(CollectAsync);
        }
        var retiring = OnOwnFlow(plugin, () =>
        {
            plugin.StartRetiring();
            return Task.CompletedTask;
        });
        departure.Done = Task.Run(() => DepartAsync(departure, plugin, drain, retiring));
        return retiring;
    }

    async Task DepartAsync(Departure departure, Plugin plugin, TimeSpan? drain, Task retiring)
    {
        await retiring;
        if (!await DrainedAsync(plugin, drain))
            CallsCancelled(plugin.Reference.Name, plugin.Leases.Running().Count);
        await OnOwnFlow(plugin, () =>
        {
            plugin.StartUnloading();
            return Task.CompletedTask;
        });
        await WithinAsync(plugin.Leases.Drained, options.CancelGrace, _leave.Token);
        // Retiring ends what OnLive started; OnUnload must not dispose objects that it still uses.
        await WithinAsync(plugin.GoingLive, options.CancelGrace, _leave.Token);
        departure.State = "unloading";
        await OnOwnFlow(plugin, async () =>
        {
            foreach (var failure in await plugin.DisposeAsync())
                CleanUpFailed(plugin.Reference.Name, ExceptionText.Of(failure));
        });
        departure.FindSuspects();
        departure.Observe(plugin.LetGo());
        _collect.Release();
    }

    Task<bool> DrainedAsync(Plugin plugin, TimeSpan? limit) => WithinAsync(plugin.Leases.Drained, limit ?? Timeout.InfiniteTimeSpan, _hurry.Token);

    async Task<bool> WithinAsync(Task task, TimeSpan limit, CancellationToken hurry)
    {
        using var limited = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, hurry);
        return await WithinAsync(task, end.Token);
    }

    static async Task<bool> WithinAsync(Task task, CancellationToken end)
    {
        await task.WaitAsync(end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    // Plugin code: runs on an execution context of its own, with a timeout, and its exceptions are only logged.
    async Task OnOwnFlow(Plugin plugin, Func<Task> action)
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
        if (!await WithinAsync(run, options.CancelGrace, _over.Token))
            CleanUpSlow(plugin.Reference.Name, options.CancelGrace.TotalSeconds);
    }

    // One collection serves all waiting contexts: it costs the same for one and for fifty.
    async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                await _collect.WaitAsync(_stop.Token);
                for (var round = 0; Waiting(); round++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(100 << Math.Min(round, 5), 2000)), time, _stop.Token);
                    ReflectionCaches.Clear();
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops; the process ends soon.
        }
    }

    bool Waiting()
    {
        lock (_lock)
        {
            _departures.RemoveAll(departure => departure.IsGone);
            foreach (var departure in _departures)
                if (departure.HasOutstayed(options.CollectGrace))
                    GenerationLingers(departure.Plugin, departure.Generation, departure.Suspicion);
            return _departures.Any(departure => departure.State == "collecting");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' is unloading: {Calls} call(s) that still ran were cancelled.")]
    partial void CallsCancelled(string plugin, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' failed while cleaning up; the rest of its clean-up went on.")]
    partial void CleanUpFailed(string plugin, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' did not finish its clean-up within {Seconds} s; going on without it.")]
    partial void CleanUpSlow(string plugin, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' generation {Generation} is unloaded but stays in memory. {Suspicion}")]
    partial void GenerationLingers(string plugin, int generation, string suspicion);

    /// <summary>One retired generation.</summary>
    sealed class Departure(Plugin plugin, TimeProvider time)
    {
        Plugin? _plugin = plugin;
        LingeringSuspects? _suspects;
        WeakReference? _context;
        long _since;

        public string Plugin { get; } = plugin.Reference.Name;

        public int Generation { get; } = plugin.Generation;

        public Task Done { get; set; } = Task.CompletedTask;

        public string State { get; set; } = "draining";

        public string Suspicion { get; private set; } = "";

        public bool IsGone => _context is { IsAlive: false };

        // Facts that are available only while the context is alive.
        public void FindSuspects() => _suspects = new(_plugin!.Image, _plugin.LoadedAssemblies, isStillLive: !_plugin.GoingLive.IsCompleted);

        public void Observe(WeakReference context)
        {
            (_since, _context, _plugin) = (time.GetTimestamp(), context, null);
            State = "collecting";
        }

        // Returns true once, when the grace period has passed.
        public bool HasOutstayed(TimeSpan grace)
        {
            if (State != "collecting" || time.GetElapsedTime(_since) < grace)
                return false;
            Suspicion = _suspects!.Describe();
            _suspects = null;
            State = "lingering";
            return true;
        }

        public RetiredGeneration Describe() => new(Plugin, Generation, State, State switch
        {
            "draining" when _plugin?.Leases.Running() is { Count: > 0 } running => $"draining: {running.Count} calls, oldest {Readable(running.Oldest)}",
            "lingering" => $"Unloaded, but something keeps it in memory. {Suspicion}",
            _ => "",
        });

        static string Readable(TimeSpan span) => span switch
        {
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
            { TotalMinutes: >= 1 } => $"{span.TotalMinutes:0} min",
            _ => $"{span.TotalSeconds:0} s",
        };
    }
}
