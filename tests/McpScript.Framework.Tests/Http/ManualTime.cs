namespace McpScript.Framework.Tests.Http;

/// <summary>A clock that moves only when the test advances it.</summary>
sealed class ManualTime : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<Alarm> _alarms = [];
    long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (_lock)
            _alarms.Add(alarm);
        return alarm;
    }

    /// <summary>Moves on; what is due by then happens now.</summary>
    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _now, by.Ticks);
        List<Alarm> due;
        lock (_lock)
            due = _alarms.Where(alarm => alarm.Due <= GetTimestamp()).ToList();
        due.ForEach(alarm => alarm.Ring());
    }

    sealed class Alarm(ManualTime time, Action ring) : ITimer
    {
        TimeSpan _period;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            _period = period;
            return true;
        }

        public void Ring()
        {
            Due = _period > TimeSpan.Zero ? time.GetTimestamp() + _period.Ticks : long.MaxValue;
            ring();
        }

        public void Dispose()
        {
            lock (time._lock)
                time._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
