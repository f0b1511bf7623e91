namespace McpScript.Core.Tests.Plugins;

/// <summary>A clock that gives its thread away whenever it is read: a race around a reading of the clock happens often instead of rarely.</summary>
sealed class YieldingTime : TimeProvider
{
    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        Thread.Yield();
        return 0;
    }
}
