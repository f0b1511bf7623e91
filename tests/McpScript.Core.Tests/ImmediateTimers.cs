namespace McpScript.Core.Tests;

/// <summary>A clock whose timers are due as soon as they are created, after an action of the test.</summary>
/// <param name="happen">Action of the test; gets the time that the timer was created for.</param>
/// <param name="ahead">Time by which the clock is ahead of the real one.</param>
sealed class ImmediateTimers(Action<TimeSpan>? happen = null, TimeSpan ahead = default) : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        happen?.Invoke(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
