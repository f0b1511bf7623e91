using System.Collections.Immutable;
using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Determines the final set of a change: only a plugin that collides falls back, to its old generation or to none.</summary>
static class CollisionRules
{
    /// <summary>Computes the catalog to serve, and marks the changes that fell back.</summary>
    /// <param name="current">The catalog that is served now.</param>
    /// <param name="candidates">The changes in order, with their new generations.</param>
    public static Catalog Resolve(Catalog current, IReadOnlyList<PendingChange> candidates)
    {
        while (true)
        {
            var catalog = Build(current, candidates, out var collisions);
            // One at a time, because each fallback may resolve or cause other collisions.
            if (!collisions.IsEmpty)
                FallBack(FirstToFall(candidates, collisions), collisions);
            else if (!candidates.Any(candidate => candidate.Rejected is not null && TryAgain(current, candidates, candidate)))
                return catalog.InOrder(LoadOrder(current, candidates));
        }
    }

    // A fallback after a plugin's own may have freed the names that it lost. If it still collides, it fails for the names that others have in the end.
    static bool TryAgain(Catalog current, IReadOnlyList<PendingChange> candidates, PendingChange candidate)
    {
        (candidate.Next, candidate.Rejected, candidate.Failure, candidate.BlockedBy) = (candidate.Rejected, null, null, []);
        Build(current, [.. candidates.Where(other => other != candidate), candidate], out var collisions);
        if (!collisions.IsEmpty)
            FallBack(candidate, collisions);
        return collisions.IsEmpty;
    }

    static Catalog Build(Catalog current, IReadOnlyList<PendingChange> candidates, out ImmutableArray<Collision> collisions) =>
        Catalog.Of(Final(current, candidates), current.Host, out collisions);

    // Unchanged plugins come first, so that no changed plugin takes a name from them.
    static List<Plugin> Final(Catalog current, IReadOnlyList<PendingChange> candidates)
    {
        var replaced = candidates.Where(candidate => candidate.Leaves || candidate.Next is not null).Select(candidate => candidate.Old).ToHashSet();
        var staying = current.Plugins.Where(plugin => !replaced.Contains(plugin));
        return [.. staying, .. candidates.Where(candidate => candidate.Next is not null).Select(candidate => candidate.Next!)];
    }

    // A reloaded plugin keeps its position.
    static IEnumerable<Plugin> LoadOrder(Catalog current, IReadOnlyList<PendingChange> candidates)
    {
        var next = candidates.Where(candidate => candidate.Next is not null)
            .ToDictionary(candidate => candidate.Change.Reference, candidate => candidate.Next!);
        var left = candidates.Where(candidate => candidate.Leaves).Select(candidate => candidate.Change.Reference).ToHashSet();
        return current.Plugins.Where(plugin => !left.Contains(plugin.Reference)).Select(plugin => next.GetValueOrDefault(plugin.Reference, plugin))
            .Concat(candidates.Where(candidate => candidate is { Next: not null, Old: null }).Select(candidate => candidate.Next!));
    }

    // A plugin that loses to an unchanged one always falls back; one that loses to another change may win if that one falls back.
    static PendingChange FirstToFall(IReadOnlyList<PendingChange> candidates, ImmutableArray<Collision> collisions)
    {
        var order = candidates.Index().Where(entry => entry.Item.Next is not null).ToDictionary(entry => entry.Item.Next!, entry => entry.Index);
        return candidates[collisions.Min(collision => (collision.Owner is { } owner && order.ContainsKey(owner), order[collision.Loser])).Item2];
    }

    static void FallBack(PendingChange candidate, ImmutableArray<Collision> collisions)
    {
        var loser = candidate.Next!;
        var lost = collisions.Where(collision => ReferenceEquals(collision.Loser, loser)).ToList();
        candidate.BlockedBy = [.. lost.Where(collision => collision.Owner is not null).Select(collision => collision.Owner!.Reference).Distinct()];
        candidate.Failure = new PluginLoadException(loser.Reference, PluginStage.Publish, [.. lost.Select(collision => collision.ToProblem())])
        {
            Files = loser.Files,
        };
        candidate.Rejected = candidate.Next;
        candidate.Next = null;
    }
}
