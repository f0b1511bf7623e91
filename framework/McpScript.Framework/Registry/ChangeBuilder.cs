using McpScript.Loading;
using McpScript.Model;
using McpScript.Sources;
using McpScript.Unloading;

namespace McpScript.Registry;

/// <summary>The part of a change that may take long and may fail: from wishes to generations that nobody sees yet.</summary>
sealed class ChangeBuilder(PluginSources sources, PluginLoader loader, IPluginSettingsSource settings, Retirement retirement, TimeProvider time)
{
    readonly SecondReading _images = new(sources, time);

    /// <summary>Builds what is wished; whoever fails is marked, the others go on.</summary>
    /// <remarks>Compiling is the long part and needs nothing of the others, so it runs in parallel; registration in the order of the wishes.</remarks>
    /// <exception cref="OperationCanceledException">The token fired; nothing of what was built is left.</exception>
    public async Task RunAsync(IReadOnlyList<PendingChange> candidates, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        // Lazily, so that a look that fails is the failure of each plugin, told as such.
        var places = new Lazy<PluginPlaces>(sources.Look);
        await Parallel.ForEachAsync(candidates.Where(candidate => candidate.IsGoing), parallel,
            (candidate, ct) => TryAsync(candidate, async () =>
            {
                var started = time.GetTimestamp();
                candidate.Path = places.Value.Find(candidate.Change.Reference)?.Path;
                candidate.Image = await _images.GetAsync(candidate.Change, places.Value, ct);
                candidate.Compiling = time.GetElapsedTime(started);
            }));
        try
        {
            foreach (var candidate in candidates.Where(candidate => candidate.IsGoing))
                await TryAsync(candidate, async () =>
                {
                    var started = time.GetTimestamp();
                    candidate.Next = await loader.LoadAsync(candidate.Image!, cancellationToken);
                    candidate.Registering = time.GetElapsedTime(started);
                });
        }
        catch
        {
            // Cancelled half-way: nothing has been served, so what was built goes.
            foreach (var candidate in candidates)
                if (candidate.Next is { } unserved)
                    retirement.Discard(unserved);
            throw;
        }
    }

    async ValueTask TryAsync(PendingChange candidate, Func<Task> step)
    {
        try
        {
            if (!settings.IsEnabled(candidate.Change.Reference))
                candidate.Refusal = ErrorTexts.Disabled(candidate.Change.Reference);
            else
                await step();
        }
        catch (PluginLoadException e)
        {
            candidate.Failure = e;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A disk that fails, a bug of ours: still the failure of one plugin, not of the whole change.
            candidate.Failure = new(candidate.Change.Reference, PluginStage.Compile, [new($"{e.GetType().Name}: {e.Message}")], ExceptionText.Of(e))
            {
                Files = candidate.Image?.Files ?? candidate.Old?.Files ?? [],
            };
        }
    }
}
