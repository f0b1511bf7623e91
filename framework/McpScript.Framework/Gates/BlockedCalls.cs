namespace McpScript.Gates;

/// <summary>
/// The callers that were blocked last (at most 100), so that an operator sees for which of them to unlock. Not safe for concurrent use: the gate's lock
/// protects it.
/// </summary>
sealed class BlockedCalls(TimeProvider time)
{
    const int Most = 100;

    readonly Dictionary<(GateHolder Holder, string Group), (string Tool, DateTimeOffset At)> _last = [];

    /// <summary>Adds a blocked call.</summary>
    public void Add(GateHolder holder, string group, string tool)
    {
        if (_last.Count >= Most && !_last.ContainsKey((holder, group)))
            _last.Remove(_last.MinBy(entry => entry.Value.At).Key);
        _last[(holder, group)] = (tool, time.GetLocalNow());
    }

    /// <summary>Removes a caller that has unlocked the group.</summary>
    public void Remove(GateHolder holder, string group) => _last.Remove((holder, group));

    /// <summary>All blocked callers, the newest first.</summary>
    public IReadOnlyList<GateBlocked> All =>
        [
            .. _last.OrderByDescending(entry => entry.Value.At)
                .Select(entry => new GateBlocked(entry.Key.Holder, entry.Key.Group, entry.Value.Tool, entry.Value.At)),
        ];
}
