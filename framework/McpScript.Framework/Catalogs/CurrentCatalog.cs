namespace McpScript.Catalogs;

/// <summary>What every session and request sees: one catalog at a time.</summary>
sealed class CurrentCatalog
{
    volatile Catalog _catalog = Catalog.Empty;

    /// <summary>Told, right after the moment, which lists look different; what is told must not wait for anybody.</summary>
    public event Action<ListKinds>? Published;

    /// <summary>The catalog served now.</summary>
    public Catalog Catalog => _catalog;

    /// <summary>The one visible moment: from here on everybody sees the new catalog; who can hear it is told which lists look different.</summary>
    public ListKinds Publish(Catalog next)
    {
        var changed = Swap(next);
        Tell(changed);
        return changed;
    }

    /// <summary>The first half of <see cref="Publish"/>: everybody sees the new catalog, and nobody has been told yet.</summary>
    public ListKinds Swap(Catalog next) => Differences(Interlocked.Exchange(ref _catalog, next), next);

    /// <summary>The second half.</summary>
    public void Tell(ListKinds changed) => Published?.Invoke(changed);

    /// <summary>True once the host is shutting down: nothing is served any more, and nobody is told of that as if it were a change.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Serves nothing from here on.</summary>
    public void Close()
    {
        IsClosed = true;
        _catalog = Catalog.Empty;
    }

    static ListKinds Differences(Catalog before, Catalog next)
    {
        var changed = ListKinds.None;
        if (!before.Tools.LooksLike(next.Tools))
            changed |= ListKinds.Tools;
        if (!before.Prompts.LooksLike(next.Prompts))
            changed |= ListKinds.Prompts;
        if (!before.Resources.LooksLike(next.Resources) || !before.Templates.LooksLike(next.Templates))
            changed |= ListKinds.Resources;
        return changed;
    }
}
