namespace McpScript.Http.Sessions;

/// <summary>
/// The slot for the one listener that gets a session's unsolicited messages. The newest listener takes it, because the server cannot know whether
/// the older connection still reaches the client, or only a proxy that keeps it open. Safe for concurrent use.
/// </summary>
sealed class ListenerPlace
{
    readonly Lock _lock = new();
    CancellationTokenSource? _holder;

    /// <summary>Takes the slot, and ends the turn of the previous listener.</summary>
    /// <returns>The turn; its token fires when another listener takes the slot.</returns>
    public CancellationTokenSource Take()
    {
        var turn = new CancellationTokenSource();
        lock (_lock)
        {
            // On another thread: a synchronous cancel would run the rest of the older request here.
            _ = _holder?.CancelAsync();
            _holder = turn;
        }
        return turn;
    }

    /// <summary>Releases the slot. Returns false if another listener has it.</summary>
    public bool TryLeave(CancellationTokenSource turn)
    {
        lock (_lock)
        {
            if (_holder != turn)
                return false;
            _holder = null;
            return true;
        }
    }
}
