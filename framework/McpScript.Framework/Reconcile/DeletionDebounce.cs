using McpScript.Model;

namespace McpScript.Reconcile;

/// <summary>Believes that a plugin was deleted only after it has been missing for a while: many editors save by deleting and writing anew.</summary>
sealed class DeletionDebounce(TimeProvider time, TimeSpan grace)
{
    readonly Dictionary<PluginReference, long> missingSince = [];

    /// <summary>With the half second that was decided.</summary>
    public DeletionDebounce(TimeProvider time)
        : this(time, TimeSpan.FromMilliseconds(500))
    {
    }

    /// <summary>How long until the next one is to be believed, if it is still missing by then; null when nothing is waited for.</summary>
    public TimeSpan? NextCheck
    {
        get
        {
            if (missingSince.Count == 0)
                return null;
            var rest = grace - missingSince.Values.Max(since => time.GetElapsedTime(since));
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Takes what is missing now, all of it, and returns those that have been missing long enough. What reappeared is forgotten; what is returned is, too,
    /// so a caller that leaves it loaded would wait anew.
    /// </summary>
    public IReadOnlyList<PluginReference> Believe(IReadOnlyCollection<PluginReference> missing)
    {
        foreach (var back in missingSince.Keys.Except(missing).ToList())
            missingSince.Remove(back);
        foreach (var name in missing)
            missingSince.TryAdd(name, time.GetTimestamp());
        var gone = missingSince.Where(entry => time.GetElapsedTime(entry.Value) >= grace).Select(entry => entry.Key).ToList();
        foreach (var name in gone)
            missingSince.Remove(name);
        return gone;
    }
}
