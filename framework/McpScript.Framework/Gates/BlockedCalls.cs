namespace McpScript.Gates;

/// <summary>
/// Who was held back lately, so that an operator can see whom there is to unlock for. Not safe for concurrent use: the gate has one lock for all it knows.
/// </summary>
sealed class BlockedCalls(TimeProvider time)
{
    const int Most = 100;

    readonly Dictionary<(GateHolder Holder, string Group), (string Tool, DateTimeOffset At)> _last = [];

    /// <summary>Somebody was held back.</summary>
    public void Add(GateHolder holder, string group, string tool)
    {
        if (_last.Count >= Most && !_last.ContainsKey((holder, group)))
            _last.Remove(_last.MinBy(entry => entry.Value.At).Key);
        _last[(holder, group)] = (tool, time.GetLocalNow());
    }

    /// <summary>He was let in.</summary>
    public void Remove(GateHolder holder, string group) => _last.Remove((holder, group));

    /// <summary>The newest first.</summary>
    public IReadOnlyList<GateBlocked> All =>
        [.. _last.OrderByDescending(entry => entry.Value.At).Select(entry => new GateBlocked(entry.Key.Holder, entry.Key.Group, entry.Value.Tool, entry.Value.At))];
}
