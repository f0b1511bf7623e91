namespace McpScript.Catalogs;

/// <summary>The catalog that all sessions and requests read. Thread-safe for readers; the registry is the only writer.</summary>
sealed class CurrentCatalog
{
    volatile Catalog _catalog = Catalog.Empty;

    /// <summary>Raised after each swap with the lists that changed. Handlers must not block.</summary>
    public event Action<ListKinds>? Published;

    /// <summary>The catalog that is served now.</summary>
    public Catalog Catalog => _catalog;

    /// <summary>Swaps the catalog in and raises <see cref="Published"/>. Returns the lists that changed.</summary>
    public ListKinds Publish(Catalog next)
    {
        var changed = Swap(next);
        Notify(changed);
        return changed;
    }

    /// <summary>Swaps the catalog in without raising <see cref="Published"/>. Returns the lists that changed.</summary>
    public ListKinds Swap(Catalog next) => Differences(Interlocked.Exchange(ref _catalog, next), next);

    /// <summary>Raises <see cref="Published"/> after <see cref="Swap"/>.</summary>
    public void Notify(ListKinds changed) => Published?.Invoke(changed);

    /// <summary>True once the host is shutting down: nothing is served, and no list change is published for that.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Stops serving.</summary>
    public void Close()
    {
        IsClosed = true;
        _catalog = Catalog.Empty;
    }

    static ListKinds Differences(Catalog before, Catalog next)
    {
        var changed = ListKinds.None;
        if (!before.Tools.IsEquivalentTo(next.Tools))
            changed |= ListKinds.Tools;
        if (!before.Prompts.IsEquivalentTo(next.Prompts))
            changed |= ListKinds.Prompts;
        if (!before.Resources.IsEquivalentTo(next.Resources) || !before.Templates.IsEquivalentTo(next.Templates))
            changed |= ListKinds.Resources;
        return changed;
    }
}
