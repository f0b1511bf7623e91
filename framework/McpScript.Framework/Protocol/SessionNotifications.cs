using McpScript.Catalogs;

namespace McpScript.Protocol;

/// <summary>
/// Changes that one session can be sent, and those that it may have missed. Over HTTP a client has a GET stream or none, and streams break without a word:
/// changes are kept while there is none, and those sent on a stream count as missed if the client opens another one without reading on where that one broke.
/// </summary>
/// <param name="subscriptions">The resources that the client subscribed to; null for none.</param>
/// <param name="hears">Whether it can be sent messages from the beginning.</param>
sealed class SessionNotifications(ResourceSubscriptions? subscriptions, bool hears)
{
    readonly Lock _lock = new();

    // Each at most once, whatever happens: the lists are few, and the resources are those that the client subscribed to.
    readonly HashSet<string> _missedResources = new(StringComparer.Ordinal);
    readonly HashSet<string> _sentResources = new(StringComparer.Ordinal);
    ListKinds _missedLists;
    ListKinds _sentLists;
    bool _hears = hears;

    /// <summary>Whether the client subscribed to a resource.</summary>
    public bool Wants(string uri) => subscriptions?.Has(uri) is true;

    /// <summary>Whether a change of a list can be sent now; if not, it is kept.</summary>
    public bool HearsOf(ListKinds list)
    {
        lock (_lock)
        {
            if (_hears)
                _sentLists |= list;
            else
                _missedLists |= list;
            return _hears;
        }
    }

    /// <summary>Whether a change of a resource can be sent now; if not, it is kept.</summary>
    public bool HearsOf(string uri)
    {
        lock (_lock)
        {
            (_hears ? _sentResources : _missedResources).Add(uri);
            return _hears;
        }
    }

    /// <summary>The client has a stream from now on; returns the changes to send it.</summary>
    /// <param name="resumed">Whether it gets again what was sent on its last stream after it broke.</param>
    public (ListKinds Lists, IReadOnlyCollection<string> Resources) Open(bool resumed)
    {
        lock (_lock)
        {
            if (!resumed)
            {
                _missedLists |= _sentLists;
                _missedResources.UnionWith(_sentResources);
            }
            _hears = true;
            var (lists, resources) = (_missedLists, (IReadOnlyCollection<string>)[.. _missedResources.Where(Wants)]);
            _sentLists |= lists;
            _sentResources.UnionWith(resources);
            _sentResources.RemoveWhere(uri => !Wants(uri));
            _missedLists = ListKinds.None;
            _missedResources.Clear();
            return (lists, resources);
        }
    }

    /// <summary>The client has no stream from now on.</summary>
    public void Close()
    {
        lock (_lock)
            _hears = false;
    }
}
