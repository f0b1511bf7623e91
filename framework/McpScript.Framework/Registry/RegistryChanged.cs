using System.Collections.Immutable;
using McpScript.Catalogs;

namespace McpScript.Registry;

/// <summary>One change of the catalog.</summary>
/// <param name="Results">Outcome of each requested change, in their order.</param>
/// <param name="Lists">The lists that changed for clients.</param>
public sealed record RegistryChanged(ImmutableArray<ChangeResult> Results, ListKinds Lists)
{
    /// <summary>True for changes that a scan of the plugin folders found; false for those made by hand, by the configuration or by a plugin itself.</summary>
    internal bool IsReconciled { get; init; }
}
