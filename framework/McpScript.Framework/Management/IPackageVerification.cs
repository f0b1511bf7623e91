using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Packages;

namespace McpScript.Management;

/// <summary>Verifies that a package works before it counts as installed.</summary>
interface IPackageVerification
{
    /// <summary>True if the plugin is served; null without a running proxy.</summary>
    bool? IsLoaded(PluginReference reference);

    /// <summary>Verifies a proposed package; a failure changes nothing.</summary>
    /// <param name="package">The package.</param>
    /// <param name="isNew">False if the same version is installed already.</param>
    /// <param name="mustLoad">True to load the plugin even if it is not loaded now.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    Task<PackageChange> TryAsync(InstalledPackage package, bool isNew, bool mustLoad, CancellationToken cancellationToken);

    /// <summary>Unloads a plugin; returns the names of the items that it offered.</summary>
    Task<ImmutableArray<string>> UnloadAsync(PluginReference reference, CancellationToken cancellationToken);
}
