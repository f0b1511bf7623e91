namespace McpScript.Http.Sessions;

/// <summary>
/// The one place in a session for a client that listens for messages that no request asked for. The newest listener gets it: the server cannot know whether
/// the older connection still leads to the client, or to a proxy that keeps it open for no one.
/// </summary>
sealed class ListenerPlace
{
    readonly Lock _lock = new();
    CancellationTokenSource? _holder;

    /// <summary>Takes the place, and ends the turn of the listener that had it.</summary>
    /// <returns>The turn, whose token fires when the next listener takes the place.</returns>
    public CancellationTokenSource Take()
    {
        var turn = new CancellationTokenSource();
        lock (_lock)
        {
            // Elsewhere, or the rest of the older request would run here.
            _ = _holder?.CancelAsync();
            _holder = turn;
        }
        return turn;
    }

    /// <summary>Gives the place up. False if another listener has it.</summary>
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
