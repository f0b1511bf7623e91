using McpScript.Catalogs;

namespace McpScript.Serving;

/// <summary>What one session can be told of. Over HTTP a client hears only once its GET stream is open: what changes before that is kept, once for each list and resource.</summary>
/// <param name="subscriptions">The resources that it wants to hear of; null for none.</param>
/// <param name="hears">Whether it hears from the beginning.</param>
sealed class SessionEar(ResourceSubscriptions? subscriptions, bool hears)
{
    readonly Lock _lock = new();
    readonly HashSet<string> _resources = new(StringComparer.Ordinal);
    ListKinds _lists;
    bool _hears = hears;

    /// <summary>Whether the session wants to hear of a resource.</summary>
    public bool Wants(string uri) => subscriptions?.Has(uri) is true;

    /// <summary>True if it can be told of a list now; if not, it is told later.</summary>
    public bool HearsOf(ListKinds list)
    {
        lock (_lock)
        {
            if (!_hears)
                _lists |= list;
            return _hears;
        }
    }

    /// <summary>True if it can be told of a resource now; if not, it is told later.</summary>
    public bool HearsOf(string uri)
    {
        lock (_lock)
        {
            if (!_hears)
                _resources.Add(uri);
            return _hears;
        }
    }

    /// <summary>It hears from now on; returns what it has missed.</summary>
    public (ListKinds Lists, IReadOnlyCollection<string> Resources) Open()
    {
        lock (_lock)
        {
            _hears = true;
            var missed = (_lists, (IReadOnlyCollection<string>)[.. _resources.Where(Wants)]);
            _lists = ListKinds.None;
            _resources.Clear();
            return missed;
        }
    }
}
