using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>The files of an installed package, with their locked hashes.</summary>
/// <param name="Graph">The files for this machine.</param>
/// <param name="Hashes">The SHA-256 of every file of the packages, by absolute path; other files belong to none of them.</param>
/// <param name="Folder">The folder of the package itself.</param>
sealed record LockedGraph(PackageGraph Graph, ImmutableDictionary<string, string> Hashes, string Folder);
