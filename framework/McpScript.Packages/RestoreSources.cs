using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>Package sources of a restore.</summary>
/// <param name="Only">Feeds (URLs) and folders (absolute paths); null for the sources of the machine's NuGet.config.</param>
/// <param name="Besides">Feeds and folders in addition to the machine's sources.</param>
sealed record RestoreSources(ImmutableArray<string>? Only, ImmutableArray<string> Besides)
{
    /// <summary>All feeds and folders that are named here.</summary>
    public IEnumerable<string> All => [.. Only ?? [], .. Besides];

    /// <summary>Returns the sources of the attempts, in order: the given ones first, then all configured ones for missing packages.</summary>
    /// <param name="named">The sources given for one package.</param>
    /// <param name="configured">The sources of the configuration; null for the machine's.</param>
    public static IReadOnlyList<RestoreSources> InTurn(ImmutableArray<string> named, ImmutableArray<string>? configured) =>
        named.IsDefaultOrEmpty ? [new(configured, [])]
        : configured is { } all ? [new(named, []), new(all, [])]
        : [new(named, []), new(null, named)];
}
