using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>Where a restore may get packages from.</summary>
/// <param name="Only">Feeds (URLs) and folders (absolute paths); null for those of the machine's NuGet.config.</param>
/// <param name="Besides">Feeds and folders beside the machine's.</param>
sealed record RestoreSources(ImmutableArray<string>? Only, ImmutableArray<string> Besides)
{
    /// <summary>All that are named.</summary>
    public IEnumerable<string> All => [.. Only ?? [], .. Besides];

    /// <summary>What may be asked, one after the other: those that were named first, then what they may lack from the others.</summary>
    /// <param name="named">The sources that were named for this one; they are among the configured ones, if there are any.</param>
    /// <param name="configured">Those of the configuration; null for the machine's.</param>
    public static IReadOnlyList<RestoreSources> InTurn(ImmutableArray<string> named, ImmutableArray<string>? configured) =>
        named.IsDefaultOrEmpty ? [new(configured, [])]
        : configured is { } all ? [new(named, []), new(all, [])]
        : [new(named, []), new(null, named)];
}
