namespace McpScript.Gates;

/// <summary>The unlocks in force, by owner. Not safe for concurrent use: the gate's lock protects it.</summary>
/// <param name="idleTimeout">The idle time after which all unlocks of an owner end; zero for never.</param>
/// <param name="time">The clock.</param>
sealed class Unlocks(TimeSpan idleTimeout, TimeProvider time)
{
    readonly Dictionary<GateHolder, Dictionary<string, Unlock>> _all = [];

    /// <summary>Unlocks a group.</summary>
    /// <param name="holder">The owner of the unlock.</param>
    /// <param name="group">The group.</param>
    /// <param name="reference">The secret that the code was made with; with another secret the unlock is void.</param>
    public void Open(GateHolder holder, string group, string reference)
    {
        Sweep();
        if (!_all.TryGetValue(holder, out var mine))
            _all[holder] = mine = new(StringComparer.Ordinal);
        mine[group] = new(reference, time.GetTimestamp());
    }

    /// <summary>Returns the time until a group is locked for an owner that does not use it; zero if it is locked.</summary>
    public TimeSpan OpenFor(GateHolder holder, string group, string reference, TimeSpan timeout)
    {
        if (!_all.TryGetValue(holder, out var mine) || !mine.TryGetValue(group, out var unlock) || unlock.Reference != reference || IsIdle(mine))
            return TimeSpan.Zero;
        var left = timeout - time.GetElapsedTime(unlock.LastUsed);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Restarts the timeout of an unlock after a call.</summary>
    public void Renew(GateHolder holder, string group)
    {
        if (_all.TryGetValue(holder, out var mine) && mine.TryGetValue(group, out var unlock))
            unlock.LastUsed = time.GetTimestamp();
    }

    /// <summary>Locks a group, or all if null, for one owner, or for all if null.</summary>
    public void Lock(GateHolder? holder, string? group)
    {
        foreach (var one in holder is { } only ? [only] : _all.Keys.ToList())
            if (group is null)
                _all.Remove(one);
            else if (_all.TryGetValue(one, out var mine))
                mine.Remove(group);
    }

    /// <summary>The owners of unlocks.</summary>
    public IReadOnlyList<GateHolder> Holders => [.. _all.Keys];

    bool IsIdle(Dictionary<string, Unlock> mine) =>
        idleTimeout > TimeSpan.Zero && time.GetElapsedTime(mine.Values.Max(unlock => unlock.LastUsed)) >= idleTimeout;

    void Sweep()
    {
        foreach (var (holder, mine) in _all.ToList())
            if (mine.Count == 0 || IsIdle(mine))
                _all.Remove(holder);
    }

    sealed class Unlock(string reference, long lastUsed)
    {
        public string Reference => reference;
        public long LastUsed { get; set; } = lastUsed;
    }
}
