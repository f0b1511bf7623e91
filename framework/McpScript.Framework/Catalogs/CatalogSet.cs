using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ModelContextProtocol.Server;

namespace McpScript.Catalogs;

/// <summary>The items of one kind, indexed by id and listed in the ordinal order of their ids. Immutable.</summary>
sealed class CatalogSet<T> where T : IMcpServerPrimitive
{
    readonly Dictionary<string, CatalogItem<T>> _byId;

    CatalogSet(Dictionary<string, CatalogItem<T>> byId, ImmutableArray<CatalogItem<T>> items)
    {
        _byId = byId;
        Items = items;
    }

    /// <summary>A set without items.</summary>
    public static CatalogSet<T> Empty { get; } = new([], []);

    /// <summary>The items in listing order.</summary>
    public ImmutableArray<CatalogItem<T>> Items { get; }

    /// <summary>Finds an item by id.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out CatalogItem<T>? item) => _byId.TryGetValue(id, out item);

    /// <summary>Creates a set of items, whose ids must be unique.</summary>
    public static CatalogSet<T> Of(IEnumerable<CatalogItem<T>> items)
    {
        var byId = items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        return new(byId, [.. byId.Values.OrderBy(item => item.Id, StringComparer.Ordinal)]);
    }

    /// <summary>True if both sets are the same list to a client.</summary>
    public bool IsEquivalentTo(CatalogSet<T> other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (Items.Length != other.Items.Length)
            return false;
        for (var i = 0; i < Items.Length; i++)
            if (!string.Equals(Items[i].Id, other.Items[i].Id, StringComparison.Ordinal)
                || !string.Equals(Items[i].Definition, other.Items[i].Definition, StringComparison.Ordinal))
                return false;
        return true;
    }
}
