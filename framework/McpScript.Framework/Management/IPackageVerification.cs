using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Packages;

namespace McpScript.Management;

/// <summary>Where a package has to prove itself before it counts as installed.</summary>
interface IPackageVerification
{
    /// <summary>True if the plugin is being served; null where nothing is.</summary>
    bool? IsLoaded(PluginReference reference);

    /// <summary>Tries a package that is proposed; what fails leaves all as it was.</summary>
    /// <param name="package">The package.</param>
    /// <param name="isNew">False if it is installed like that already.</param>
    /// <param name="mustLoad">Load it even if it is not loaded now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<PackageChange> TryAsync(InstalledPackage package, bool isNew, bool mustLoad, CancellationToken cancellationToken);

    /// <summary>Lets a plugin go; returns what it offered.</summary>
    Task<ImmutableArray<string>> UnloadAsync(PluginReference reference, CancellationToken cancellationToken);
}
