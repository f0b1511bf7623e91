using McpScript.Configuration;

namespace McpScript.Gates;

/// <summary>
/// Counts wrong codes, and locks out callers with too many of them, for a time that doubles with each lockout. Not safe for concurrent use: the gate's lock
/// protects it.
/// </summary>
sealed class Attempts(TimeProvider time)
{
    const int PruneAt = 1000;

    static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    readonly Dictionary<(string CountedAs, string Group), Count> _counts = [];

    /// <summary>Returns the remaining time of a lockout; zero if there is none.</summary>
    public TimeSpan LockedOutFor(string countedAs, string group)
    {
        if (!_counts.TryGetValue((countedAs, group), out var count))
            return TimeSpan.Zero;
        var left = count.LockedOutFor - time.GetElapsedTime(count.Last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Counts a wrong code; returns the number of attempts that are left, which is zero if this one caused a lockout.</summary>
    public int Fail(string countedAs, string group, GateLockout lockout)
    {
        if (_counts.Count >= PruneAt)
            Prune();
        if (!_counts.TryGetValue((countedAs, group), out var count))
            _counts[(countedAs, group)] = count = new();
        (count.Last, count.LockedOutFor) = (time.GetTimestamp(), TimeSpan.Zero);
        if (++count.Failures < lockout.Attempts)
            return lockout.Attempts - count.Failures;
        count.Failures = 0;
        count.LockedOutFor = lockout.CooldownAfter(count.Lockouts++);
        return 0;
    }

    /// <summary>Resets the count after a correct code.</summary>
    public void Succeed(string countedAs, string group) => _counts.Remove((countedAs, group));

    /// <summary>Returns the callers that are locked out of a group, and the remaining time of each lockout.</summary>
    public IEnumerable<(string CountedAs, TimeSpan For)> LockedOut(string group) => _counts.Keys
        .Where(counted => counted.Group == group)
        .Select(counted => (counted.CountedAs, For: LockedOutFor(counted.CountedAs, group)))
        .Where(locked => locked.For > TimeSpan.Zero);

    // A day without a wrong code resets the count: one guess per day is no attack.
    void Prune()
    {
        foreach (var (key, count) in _counts.ToList())
            if (time.GetElapsedTime(count.Last) > MaxAge)
                _counts.Remove(key);
    }

    sealed class Count
    {
        public int Failures { get; set; }
        public int Lockouts { get; set; }
        public long Last { get; set; }
        public TimeSpan LockedOutFor { get; set; }
    }
}
