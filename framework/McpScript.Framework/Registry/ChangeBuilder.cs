using McpScript.Model;
using McpScript.Sources;
using McpScript.Unloading;

namespace McpScript.Registry;

/// <summary>The part of a change that may take long and may fail: builds generations that clients do not see yet.</summary>
/// <param name="sources">Find plugins for changes that are requested without a scan.</param>
/// <param name="reader">Reads their images.</param>
/// <param name="loader">Loads images as generations.</param>
/// <param name="settings">Decide which plugins are disabled.</param>
/// <param name="retirement">Discards generations that are not served.</param>
/// <param name="time">The clock.</param>
sealed class ChangeBuilder(
    PluginSources sources, StableReader reader, IPluginLoader loader, IPluginSettingsSource settings, Retirement retirement, TimeProvider time)
{
    /// <summary>Builds new generations; a plugin that fails is marked, and the others continue.</summary>
    /// <remarks>Compilation is slow and independent of other plugins, so it runs in parallel; registration runs in the order of the changes.</remarks>
    /// <param name="candidates">The changes.</param>
    /// <param name="snapshot">The scan that found the plugins; null to scan now.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; all new generations are discarded.</exception>
    public async Task RunAsync(IReadOnlyList<PendingChange> candidates, FolderSnapshot? snapshot, CancellationToken cancellationToken)
    {
        // Lazily, so that a scan that fails is reported as the failure of each plugin.
        var scan = new Lazy<FolderSnapshot>(() => snapshot ?? sources.Scan());
        var building = candidates.Where(candidate => candidate.IsLoading).ToList();
        if (building is [var one])
            await ReadAsync(one, scan, cancellationToken);
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(building, parallel, (candidate, token) => ReadAsync(candidate, scan, token));
        }
        try
        {
            foreach (var candidate in candidates.Where(candidate => candidate.IsLoading))
                await LoadAsync(candidate, cancellationToken);
        }
        catch
        {
            // Cancelled before the swap: discard the new generations, which were never served.
            foreach (var candidate in candidates)
                if (candidate.Next is { } unserved)
                    retirement.Discard(unserved);
            throw;
        }
    }

    /// <summary>Forgets the state of a plugin that was unloaded.</summary>
    public void ForgetState(PluginReference reference) => loader.Forget(reference);

    async ValueTask ReadAsync(PendingChange candidate, Lazy<FolderSnapshot> scan, CancellationToken cancellationToken)
    {
        try
        {
            if (IsDisabled(candidate))
                return;
            var started = time.GetTimestamp();
            var reference = candidate.Change.Reference;
            candidate.Path = scan.Value.Find(reference)?.Path;
            // Before a reload by hand the operator has saved the files.
            var mayBeHalfWritten = candidate.Change.Kind == PluginChangeKind.Refresh;
            candidate.Image = await reader.GetAsync(scan.Value, reference, mayBeHalfWritten, cancellationToken);
            candidate.Compiling = time.GetElapsedTime(started);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            candidate.Failure = FailureOf(candidate, e);
        }
    }

    async Task LoadAsync(PendingChange candidate, CancellationToken cancellationToken)
    {
        try
        {
            if (IsDisabled(candidate))
                return;
            var started = time.GetTimestamp();
            candidate.Next = await loader.LoadAsync(candidate.Image!, cancellationToken);
            candidate.Registering = time.GetElapsedTime(started);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            candidate.Failure = FailureOf(candidate, e);
        }
    }

    // Evaluated before each step, because the configuration may change while a plugin is compiled.
    bool IsDisabled(PendingChange candidate)
    {
        if (!settings.IsEnabled(candidate.Change.Reference))
            candidate.Refusal = ErrorTexts.Disabled(candidate.Change.Reference);
        return candidate.Refusal is not null;
    }

    // Any other exception is a failing disk, or a bug: still a failure of one plugin, not of the whole change.
    static PluginLoadException FailureOf(PendingChange candidate, Exception e) => e as PluginLoadException
        ?? new(candidate.Change.Reference, PluginStage.Compile, [new($"{e.GetType().Name}: {e.Message}")], ExceptionText.Of(e))
        {
            Files = candidate.Image?.Files ?? candidate.Old?.Files ?? [],
        };
}
