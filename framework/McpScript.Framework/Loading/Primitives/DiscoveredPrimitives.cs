using System.Collections.Immutable;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>Items found by attributes, in the order of the assembly, without the repetitions that inheritance causes.</summary>
sealed class DiscoveredPrimitives<T> where T : IMcpServerPrimitive
{
    readonly List<(T Item, MemberOrigin Origin)> _found = [];

    /// <summary>All items; a name that still occurs twice is an error of the author's.</summary>
    public ImmutableArray<T> All => [.. _found.Select(entry => entry.Item)];

    /// <summary>Adds an item, unless it repeats another one through inheritance.</summary>
    public void Add(T item, MemberOrigin origin)
    {
        var at = _found.FindIndex(entry => entry.Item.Id == item.Id && (entry.Origin != MemberOrigin.Own || origin != MemberOrigin.Own));
        if (at < 0)
            _found.Add((item, origin));
        else if (_found[at].Origin == MemberOrigin.Abstract && origin != MemberOrigin.Abstract)
            _found[at] = (item, origin);
        else if (_found[at].Origin == MemberOrigin.Inherited && origin == MemberOrigin.Own)
            _found[at] = (item, origin);
    }
}
