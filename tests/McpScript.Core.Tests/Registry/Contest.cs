using McpScript.Catalogs;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>A served catalog and one set of changes to it, resolved by the collision rules.</summary>
/// <param name="Unchanged">Items of the plugins that are served, by name; in load order.</param>
/// <param name="Changes">The changes in their order: the items of a new generation by name; null for an unload.</param>
sealed record Contest(IReadOnlyList<(string Name, string[] Words)> Unchanged, IReadOnlyList<(string Name, string[]? Words)> Changes)
{
    /// <summary>Items of the host.</summary>
    public PluginPrimitives Host { get; init; } = PluginPrimitives.Empty;

    /// <summary>Resolves the changes.</summary>
    public (Catalog Before, Catalog After, List<PendingChange> Candidates) Resolve()
    {
        var before = Catalog.Of([.. Unchanged.Select(one => TestItems.Plugin(one.Name, one.Words))], Host, out var collisions);
        Assert.Empty(collisions);
        var candidates = Changes.Select(change => Candidate(before, change.Name, change.Words)).ToList();
        return (before, CollisionRules.Resolve(before, candidates), candidates);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"served {string.Join("; ", Unchanged.Select(one => $"{one.Name}: {string.Join(", ", one.Words)}"))} | "
        + $"changes {string.Join("; ", Changes.Select(change => $"{change.Name}: {(change.Words is null ? "unload" : string.Join(", ", change.Words))}"))}";

    static PendingChange Candidate(Catalog before, string name, string[]? words) =>
        new(new(new(name), words is null ? PluginChangeKind.Unload : PluginChangeKind.Refresh), before.Find(new(name)))
        {
            Next = words is null ? null : TestItems.Plugin(name, 2, words),
        };
}
