using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Packages;
using McpScript.Sources;

namespace McpScript.Management;

/// <summary>Verifies a package without a running proxy by reading it with everything that it needs.</summary>
sealed class OfflineVerification(PackageSource source, PackageLock installed) : IPackageVerification
{
    /// <inheritdoc/>
    public bool? IsLoaded(PluginReference reference) => null;

    /// <inheritdoc/>
    public Task<PackageChange> TryAsync(InstalledPackage package, bool isNew, bool mustLoad, CancellationToken cancellationToken) =>
        ReadAsync(source, installed, package, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> UnloadAsync(PluginReference reference, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<string>.Empty);

    /// <summary>Reads a package and reports problems.</summary>
    public static async Task<PackageChange> ReadAsync(
        PackageSource source, PackageLock installed, InstalledPackage package, CancellationToken cancellationToken)
    {
        try
        {
            await source.GetAsync(source.Locate(package, installed.Folder!), cancellationToken);
            return new() { Package = package.Id, Kind = PackageChangeKind.Installed };
        }
        catch (PluginLoadException e)
        {
            return new() { Package = package.Id, Kind = PackageChangeKind.Failed, Error = e.Problems[0].Message, Stage = e.Stage, Problems = e.Problems };
        }
    }
}
