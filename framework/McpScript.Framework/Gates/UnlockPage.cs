namespace McpScript.Gates;

/// <summary>A page on which one person may unlock one group for one caller, once and soon.</summary>
/// <param name="nonce">What its address ends with, known to nobody who was not told.</param>
/// <param name="caller">For whom.</param>
/// <param name="group">What.</param>
/// <param name="client">What the caller's program calls itself.</param>
/// <param name="since">When it was opened, by the clock.</param>
sealed class UnlockPage(string nonce, GateCaller caller, string group, string client, long since)
{
    readonly TaskCompletionSource _used = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What its address ends with.</summary>
    public string Nonce => nonce;

    /// <summary>For whom.</summary>
    public GateCaller Caller => caller;

    /// <summary>What.</summary>
    public string Group => group;

    /// <summary>What the caller's program calls itself; it may be lying.</summary>
    public string Client => client;

    /// <summary>Completes when it has done its work.</summary>
    public Task Used => _used.Task;

    internal long Since => since;

    internal void Complete() => _used.TrySetResult();
}
