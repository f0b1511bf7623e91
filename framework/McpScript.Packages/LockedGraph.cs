using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>The files of an installed package, and what they must be.</summary>
/// <param name="Graph">The files for this machine.</param>
/// <param name="Hashes">The SHA-256 of every file of the packages, by absolute path; what is not in it belongs to none of them.</param>
/// <param name="Folder">The folder that the package itself is kept in.</param>
sealed record LockedGraph(PackageGraph Graph, ImmutableDictionary<string, string> Hashes, string Folder);
