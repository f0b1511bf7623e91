namespace McpScript.Gates;

/// <summary>What is open, and to whom. Not safe for concurrent use: the gate has one lock for all it knows.</summary>
/// <param name="forgotten">After how long without any use all that somebody holds is forgotten; zero for never.</param>
/// <param name="time">The clock.</param>
sealed class Unlocks(TimeSpan forgotten, TimeProvider time)
{
    readonly Dictionary<GateHolder, Dictionary<string, Unlock>> _all = [];

    /// <summary>Opens a group to somebody.</summary>
    /// <param name="holder">To whom.</param>
    /// <param name="group">Which.</param>
    /// <param name="reference">The secret whose code did it; with another secret it is another lock.</param>
    public void Open(GateHolder holder, string group, string reference)
    {
        Sweep();
        if (!_all.TryGetValue(holder, out var mine))
            _all[holder] = mine = new(StringComparer.Ordinal);
        mine[group] = new(reference, time.GetTimestamp());
    }

    /// <summary>How much longer a group stays open to somebody if he does not use it; zero if it is not.</summary>
    public TimeSpan OpenFor(GateHolder holder, string group, string reference, TimeSpan timeout)
    {
        if (!_all.TryGetValue(holder, out var mine) || !mine.TryGetValue(group, out var unlock) || unlock.Reference != reference || IsForgotten(mine))
            return TimeSpan.Zero;
        var left = timeout - time.GetElapsedTime(unlock.LastUsed);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A call has used it: the time begins anew.</summary>
    public void Renew(GateHolder holder, string group)
    {
        if (_all.TryGetValue(holder, out var mine) && mine.TryGetValue(group, out var unlock))
            unlock.LastUsed = time.GetTimestamp();
    }

    /// <summary>Locks a group, or all, for somebody, or for everybody.</summary>
    public void Lock(GateHolder? holder, string? group)
    {
        foreach (var one in holder is { } only ? [only] : _all.Keys.ToList())
            if (group is null)
                _all.Remove(one);
            else if (_all.TryGetValue(one, out var mine))
                mine.Remove(group);
    }

    /// <summary>Those who hold something.</summary>
    public IReadOnlyList<GateHolder> Holders => [.. _all.Keys];

    bool IsForgotten(Dictionary<string, Unlock> mine) => forgotten > TimeSpan.Zero && time.GetElapsedTime(mine.Values.Max(unlock => unlock.LastUsed)) >= forgotten;

    void Sweep()
    {
        foreach (var (holder, mine) in _all.ToList())
            if (mine.Count == 0 || IsForgotten(mine))
                _all.Remove(holder);
    }

    sealed class Unlock(string reference, long lastUsed)
    {
        public string Reference => reference;
        public long LastUsed { get; set; } = lastUsed;
    }
}
