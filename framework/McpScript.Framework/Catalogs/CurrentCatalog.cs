namespace McpScript.Catalogs;

/// <summary>The catalog that all sessions and requests read. Thread-safe for readers; the registry is the only writer.</summary>
sealed class CurrentCatalog
{
    volatile Catalog _catalog = Catalog.Empty;

    /// <summary>The catalog that is served now.</summary>
    public Catalog Catalog => _catalog;

    /// <summary>Swaps the catalog in.</summary>
    /// <returns>The lists that changed.</returns>
    public ListKinds Swap(Catalog next) => Differences(Interlocked.Exchange(ref _catalog, next), next);

    /// <summary>True once the host is shutting down: nothing is served, and clients are not notified of that.</summary>
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
