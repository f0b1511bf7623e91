using McpScript.Configuration;

namespace McpScript.Gates;

/// <summary>
/// Counts wrong codes, and locks out who gives too many: for a while that doubles each time. Not safe for concurrent use: the gate has one lock for all it
/// knows.
/// </summary>
sealed class Attempts(TimeProvider time)
{
    const int Many = 1000;

    static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    readonly Dictionary<(string CountedAs, string Group), Count> _counts = [];

    /// <summary>How much longer somebody is locked out; zero if he is not.</summary>
    public TimeSpan LockedOutFor(string countedAs, string group)
    {
        if (!_counts.TryGetValue((countedAs, group), out var count))
            return TimeSpan.Zero;
        var left = count.LockedOutFor - time.GetElapsedTime(count.Last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Counts a wrong code; returns how many more there may be, which is none when this one has locked out.</summary>
    public int Fail(string countedAs, string group, GateLockout lockout)
    {
        if (_counts.Count >= Many)
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

    /// <summary>A right code: nothing counts any more.</summary>
    public void Succeed(string countedAs, string group) => _counts.Remove((countedAs, group));

    /// <summary>Who is locked out of a group now, and for how much longer.</summary>
    public IEnumerable<(string CountedAs, TimeSpan For)> LockedOut(string group) => _counts.Keys
        .Where(counted => counted.Group == group)
        .Select(counted => (counted.CountedAs, For: LockedOutFor(counted.CountedAs, group)))
        .Where(locked => locked.For > TimeSpan.Zero);

    // Long ago: whoever waits a day between guesses gains nothing.
    void Prune()
    {
        foreach (var (key, count) in _counts.ToList())
            if (time.GetElapsedTime(count.Last) > Forgotten)
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
