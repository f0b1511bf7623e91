using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ModelContextProtocol.Server;

namespace McpScript.Catalogs;

/// <summary>The items of one kind, looked up by id and listed in the ordinal order of their ids. Immutable.</summary>
sealed class CatalogSet<T> where T : IMcpServerPrimitive
{
    readonly Dictionary<string, CatalogItem<T>> _byId;

    CatalogSet(Dictionary<string, CatalogItem<T>> byId, ImmutableArray<CatalogItem<T>> items)
    {
        _byId = byId;
        Items = items;
    }

    /// <summary>No items.</summary>
    public static CatalogSet<T> Empty { get; } = new([], []);

    /// <summary>In listing order.</summary>
    public ImmutableArray<CatalogItem<T>> Items { get; }

    /// <summary>Looks an item up.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out CatalogItem<T>? item) => _byId.TryGetValue(id, out item);

    /// <summary>A set of these items, whose ids must differ.</summary>
    public static CatalogSet<T> Of(IEnumerable<CatalogItem<T>> items)
    {
        var byId = items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        return new(byId, [.. byId.Values.OrderBy(item => item.Id, StringComparer.Ordinal)]);
    }

    /// <summary>True if a client would see the same list.</summary>
    public bool LooksLike(CatalogSet<T> other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (Items.Length != other.Items.Length)
            return false;
        for (var i = 0; i < Items.Length; i++)
            if (!string.Equals(Items[i].Id, other.Items[i].Id, StringComparison.Ordinal) || !string.Equals(Items[i].Definition, other.Items[i].Definition, StringComparison.Ordinal))
                return false;
        return true;
    }
}
