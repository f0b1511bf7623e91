using McpScript.Model;

namespace McpScript.Reconcile;

/// <summary>Treats a plugin as deleted only after it has been missing for a while, because many editors save by deleting and writing anew.</summary>
sealed class DeletionDebounce(TimeProvider time, TimeSpan grace)
{
    readonly Dictionary<PluginReference, long> _missingSince = [];

    /// <summary>Uses the default grace of 500 ms.</summary>
    public DeletionDebounce(TimeProvider time)
        : this(time, TimeSpan.FromMilliseconds(500))
    {
    }

    /// <summary>Time until the next missing plugin counts as deleted; null if none is missing.</summary>
    public TimeSpan? NextCheck
    {
        get
        {
            if (_missingSince.Count == 0)
                return null;
            var rest = grace - _missingSince.Values.Max(since => time.GetElapsedTime(since));
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Records all plugins that are missing now, and returns those that have been missing long enough. Plugins that reappeared and plugins that are returned
    /// are not tracked any more, so the grace starts anew for a plugin that the caller leaves loaded.
    /// </summary>
    public IReadOnlyList<PluginReference> Confirm(IReadOnlyCollection<PluginReference> missing)
    {
        foreach (var back in _missingSince.Keys.Except(missing).ToList())
            _missingSince.Remove(back);
        foreach (var name in missing)
            _missingSince.TryAdd(name, time.GetTimestamp());
        var gone = _missingSince.Where(entry => time.GetElapsedTime(entry.Value) >= grace).Select(entry => entry.Key).ToList();
        foreach (var name in gone)
            _missingSince.Remove(name);
        return gone;
    }
}
