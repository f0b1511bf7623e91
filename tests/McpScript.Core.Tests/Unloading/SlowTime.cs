namespace McpScript.Core.Tests.Unloading;

/// <summary>A clock that takes its time whenever it is read: a race around a reading of the clock happens often instead of rarely.</summary>
sealed class SlowTime : TimeProvider
{
    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        Linger();
        return 0;
    }

    /// <summary>Lets other threads overtake this one.</summary>
    public static void Linger()
    {
        Thread.SpinWait(500);
        Thread.Yield();
    }
}
