using McpScript.Catalogs;

namespace McpScript.Protocol;

/// <summary>
/// Changes to send to one session, and those that it may have missed. Over HTTP a client may have no GET stream, and streams can break unnoticed: changes
/// are kept while there is no stream, and those sent on a stream count as missed if the client opens another one without resuming it. Thread-safe.
/// </summary>
/// <param name="subscriptions">The resources that the client subscribed to; null for none.</param>
/// <param name="isOpen">True if messages can be sent from the beginning.</param>
sealed class SessionNotifications(ResourceSubscriptions? subscriptions, bool isOpen)
{
    readonly Lock _lock = new();

    // Sets, so that memory is bounded: the lists are few, and the resources are those that the client has subscribed to.
    readonly HashSet<string> _missedResources = new(StringComparer.Ordinal);
    readonly HashSet<string> _sentResources = new(StringComparer.Ordinal);
    ListKinds _missedLists;
    ListKinds _sentLists;
    bool _isOpen = isOpen;

    /// <summary>Returns true if the client has subscribed to a resource.</summary>
    public bool Wants(string uri) => subscriptions?.Has(uri) is true;

    /// <summary>Returns true if a list change can be sent now; if not, keeps it.</summary>
    public bool CanSend(ListKinds list)
    {
        lock (_lock)
        {
            if (_isOpen)
                _sentLists |= list;
            else
                _missedLists |= list;
            return _isOpen;
        }
    }

    /// <summary>Returns true if an update of a resource can be sent now; if not, keeps it.</summary>
    public bool CanSend(string uri)
    {
        lock (_lock)
        {
            (_isOpen ? _sentResources : _missedResources).Add(uri);
            return _isOpen;
        }
    }

    /// <summary>Marks the client's stream as open; returns the missed changes to send.</summary>
    /// <param name="resumed">True if the client resumes its last stream, and so gets again what was sent after the break.</param>
    public (ListKinds Lists, IReadOnlyCollection<string> Resources) Open(bool resumed)
    {
        lock (_lock)
        {
            if (!resumed)
            {
                _missedLists |= _sentLists;
                _missedResources.UnionWith(_sentResources);
            }
            _isOpen = true;
            var (lists, resources) = (_missedLists, (IReadOnlyCollection<string>)[.. _missedResources.Where(Wants)]);
            _sentLists |= lists;
            _sentResources.UnionWith(resources);
            _sentResources.RemoveWhere(uri => !Wants(uri));
            _missedLists = ListKinds.None;
            _missedResources.Clear();
            return (lists, resources);
        }
    }

    /// <summary>Marks the client's stream as closed.</summary>
    public void Close()
    {
        lock (_lock)
            _isOpen = false;
    }
}
