using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Packages;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Management;

/// <summary>With a running proxy, a package proves itself by being served: an update is a hot reload, and what fails leaves the old version serving.</summary>
sealed class LiveVerification(PackageSource source, PackageLock installed, PluginRegistry registry, DesiredPlugins wanted) : IPackageVerification
{
    /// <inheritdoc/>
    public bool? IsLoaded(PluginReference reference) => Loaded(reference) is not null;

    /// <inheritdoc/>
    public async Task<PackageChange> TryAsync(InstalledPackage package, bool isNew, bool mustLoad, CancellationToken cancellationToken)
    {
        var reference = new PluginReference(package.Id);
        var loaded = Loaded(reference);
        if (loaded is null && !mustLoad)
            return await OfflineVerification.ReadAsync(source, installed, package, cancellationToken);
        if (loaded is { } same && !isNew)
            return Done(package, same, null);
        var result = loaded is null
            ? await registry.LoadAsync(package.Id, cancellationToken)
            : (await registry.ApplyAsync([new(reference, PluginChangeKind.Refresh)], cancellationToken))[0];
        if (result.Ok || result.Stage is null)
            // Refused for its state: switched off by the configuration, or loaded this very moment by whoever watches.
            return Loaded(reference) is { } now ? Done(package, now, NoteOn(reference, now)) : Done(package, null, result.Error);
        if (loaded is null)
        {
            // Not installed after all, so there is nothing to be wanted, or to be missed.
            wanted.Forget(reference);
            registry.ForgetFailure(reference);
        }
        return new()
        {
            Package = package.Id, Kind = result.Stage == PluginStage.Publish ? PackageChangeKind.Collision : PackageChangeKind.Failed,
            Error = result.Error, Stage = result.Stage, Problems = result.Problems, Plugin = result.Plugin,
        };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> UnloadAsync(PluginReference reference, CancellationToken cancellationToken) =>
        // A script of the same name stays: it is none of the package's.
        Loaded(reference)?.Source is PluginKinds.Package ? (await registry.UnloadAsync(reference.Name, cancellationToken)).Removed : [];

    PluginSummary? Loaded(PluginReference reference) => registry.Plugins.FirstOrDefault(plugin => reference.Equals(plugin.Reference));

    static PackageChange Done(InstalledPackage package, PluginSummary? plugin, string? note) => new() { Package = package.Id, Kind = PackageChangeKind.Installed, Plugin = plugin, Note = note };

    string? NoteOn(PluginReference reference, PluginSummary plugin) =>
        plugin.Source != PluginKinds.Package ? $"What is loaded is '{plugin.Path}', which has the same name and comes first. Rename it."
        : wanted.IsWanted(reference) ? null : $"It is not in the 'autoload' list. Add it, to have it after a restart too: autoload: [..., {reference}]";
}
