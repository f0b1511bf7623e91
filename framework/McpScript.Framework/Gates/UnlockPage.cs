namespace McpScript.Gates;

/// <summary>A page that unlocks one group for one caller, once and for five minutes.</summary>
/// <param name="nonce">The secret end of the URL.</param>
/// <param name="caller">The caller to unlock for.</param>
/// <param name="group">The group to unlock.</param>
/// <param name="client">The name that the client reports.</param>
/// <param name="since">Timestamp of its creation.</param>
sealed class UnlockPage(string nonce, GateCaller caller, string group, string client, long since)
{
    readonly TaskCompletionSource _used = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The secret end of the URL.</summary>
    public string Nonce => nonce;

    /// <summary>The caller to unlock for.</summary>
    public GateCaller Caller => caller;

    /// <summary>The group to unlock.</summary>
    public string Group => group;

    /// <summary>The name that the client reports; not verified.</summary>
    public string Client => client;

    /// <summary>Completes when the page has unlocked the group.</summary>
    public Task Used => _used.Task;

    internal long Since => since;

    internal void Complete() => _used.TrySetResult();
}
