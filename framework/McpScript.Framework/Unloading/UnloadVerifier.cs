using McpScript.Loading;
using Microsoft.Extensions.Logging;

namespace McpScript.Unloading;

/// <summary>Verifies that load contexts are collected after their end, and logs those that stay in memory with the likely reason. Thread-safe.</summary>
/// <param name="options">Time that a context may stay.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Logs each generation that stays, once.</param>
sealed partial class UnloadVerifier(RetirementOptions options, TimeProvider time, ILogger log) : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<WeakReference> _contexts = [];
    readonly List<Entry> _unloaded = [];
    readonly SemaphoreSlim _collect = new(0);
    readonly CancellationTokenSource _stop = new();
    Task? _collector;

    /// <summary>Number of load contexts that are not collected, those of loaded plugins included.</summary>
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

    /// <summary>Unloaded generations that are not collected.</summary>
    public IReadOnlyList<RetiredGeneration> Generations
    {
        get
        {
            lock (_lock)
            {
                _unloaded.RemoveAll(entry => entry.IsCollected);
                return [.. _unloaded.Select(entry => entry.Describe())];
            }
        }
    }

    /// <summary>Counts a new load context.</summary>
    /// <returns>The same context.</returns>
    public PluginLoadContext Track(PluginLoadContext context)
    {
        lock (_lock)
            _contexts.Add(new WeakReference(context, trackResurrection: true));
        return context;
    }

    /// <summary>Collects garbage in the background until the context of a generation is gone, or is found to stay.</summary>
    public void Verify(UnloadedGeneration generation)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
                return;
            _unloaded.Add(new(generation, time));
            _collector ??= Task.Run(CollectAsync);
            _collect.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
                return;
            _stop.Cancel();
        }
        if (_collector is { } collector)
            await collector;
        _stop.Dispose();
        _collect.Dispose();
    }

    // One collection serves all that wait: it costs the same for one context and for fifty.
    async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                await _collect.WaitAsync(_stop.Token);
                for (var round = 0; AreSomeWaiting(); round++)
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
            // The host is shutting down; contexts that are left end with the process.
        }
    }

    bool AreSomeWaiting()
    {
        lock (_lock)
        {
            _unloaded.RemoveAll(entry => entry.IsCollected);
            foreach (var entry in _unloaded.Where(entry => entry.BeginsToLinger(options.CollectGrace)))
                GenerationLingers(entry.Plugin, entry.Generation, entry.Diagnosis);
            return _unloaded.Any(entry => !entry.IsLingering);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin '{Plugin}' generation {Generation} is unloaded but stays in memory. {Suspicion}")]
    partial void GenerationLingers(string plugin, int generation, string suspicion);

    sealed class Entry(UnloadedGeneration unloaded, TimeProvider time)
    {
        readonly WeakReference _context = unloaded.Context;
        readonly long _since = time.GetTimestamp();
        LingeringSuspects? _suspects = new(unloaded.Image, unloaded.LoadedAssemblies, unloaded.IsStillLive);

        public string Plugin { get; } = unloaded.Plugin;

        public int Generation { get; } = unloaded.Generation;

        public string Diagnosis { get; private set; } = "";

        public bool IsCollected => !_context.IsAlive;

        public bool IsLingering => _suspects is null;

        // True once, when it becomes known.
        public bool BeginsToLinger(TimeSpan grace)
        {
            if (_suspects is null || time.GetElapsedTime(_since) < grace)
                return false;
            Diagnosis = _suspects.Describe();
            // The image is not needed any more, and may be large.
            _suspects = null;
            return true;
        }

        public RetiredGeneration Describe() =>
            IsLingering ? new(Plugin, Generation, "lingering", $"Unloaded, but something keeps it in memory. {Diagnosis}")
            : new(Plugin, Generation, "collecting", "");
    }
}
