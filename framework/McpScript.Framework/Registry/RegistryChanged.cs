using System.Collections.Immutable;
using McpScript.Catalogs;

namespace McpScript.Registry;

/// <summary>One turn of the registry, as told to those who follow it.</summary>
/// <param name="Results">What became of each wish, in their order.</param>
/// <param name="Lists">The lists that look different now.</param>
public sealed record RegistryChanged(ImmutableArray<ChangeResult> Results, ListKinds Lists);
