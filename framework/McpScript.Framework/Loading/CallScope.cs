namespace McpScript.Loading;

/// <summary>One request while a plugin handles it. It flows into whatever the handler starts, so at its end it lets go of all.</summary>
/// <param name="plugin">The generation that handles it, under a lease.</param>
/// <param name="session">Whose state it sees: an object that is equal for requests of one session or caller; null for a request that stands alone.</param>
sealed class CallScope(Plugin plugin, object? session) : FlowMark(plugin.Reference.Name, plugin.Culture), IDisposable
{
    readonly Lock _lock = new();
    List<Action>? _atEnd;
    Plugin? _generation = plugin;

    /// <summary>Whose state it sees.</summary>
    public object Session => session ?? this;

    /// <summary>The generation that handles it; null when the request is over.</summary>
    public Plugin? Generation => Volatile.Read(ref _generation);

    /// <summary>Runs at its end; false if it is over already.</summary>
    public bool TryAtEnd(Action action)
    {
        lock (_lock)
        {
            if (_generation is null)
                return false;
            (_atEnd ??= []).Add(action);
            return true;
        }
    }

    /// <summary>The request is over.</summary>
    public void Dispose()
    {
        List<Action>? actions;
        lock (_lock)
        {
            _generation = null;
            (actions, _atEnd) = (_atEnd, null);
        }
        foreach (var action in actions ?? [])
            action();
    }
}
