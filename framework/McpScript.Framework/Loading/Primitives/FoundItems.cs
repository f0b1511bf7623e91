using System.Collections.Immutable;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>Items found by attributes, in the order of the assembly, without the repetitions that inheritance causes.</summary>
sealed class FoundItems<T> where T : IMcpServerPrimitive
{
    readonly List<(T Item, Finding How)> _found = [];

    /// <summary>All items; a name that still occurs twice is an error of the author's.</summary>
    public ImmutableArray<T> All => [.. _found.Select(entry => entry.Item)];

    /// <summary>Adds an item, unless it repeats another one through inheritance.</summary>
    public void Add(T item, Finding how)
    {
        var at = _found.FindIndex(entry => entry.Item.Id == item.Id && (entry.How != Finding.Own || how != Finding.Own));
        if (at < 0)
            _found.Add((item, how));
        else if (_found[at].How == Finding.Abstract && how != Finding.Abstract)
            _found[at] = (item, how);
        else if (_found[at].How == Finding.Inherited && how == Finding.Own)
            _found[at] = (item, how);
    }
}
