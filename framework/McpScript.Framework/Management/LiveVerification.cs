using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Packages;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Management;

/// <summary>Verifies a package in a running proxy by serving it: an update is a hot reload, and after a failure the old version still serves.</summary>
sealed class LiveVerification(PackageSource source, PackageLock installed, PluginRegistry registry, DesiredPlugins desired) : IPackageVerification
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
            // Refused because of its state: disabled by the configuration, or loaded in between by a scan.
            return Loaded(reference) is { } now ? Done(package, now, NoteOn(reference, now)) : Done(package, null, result.Error);
        if (loaded is null)
        {
            // Not installed after all: neither keep it as desired nor report it as failed.
            desired.Forget(reference);
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
        // A script of the same name does not belong to the package, and stays.
        Loaded(reference)?.Source is PluginKinds.Package ? (await registry.UnloadAsync(reference.Name, cancellationToken)).Removed : [];

    PluginSummary? Loaded(PluginReference reference) => registry.Plugins.FirstOrDefault(plugin => reference.Equals(plugin.Reference));

    static PackageChange Done(InstalledPackage package, PluginSummary? plugin, string? note) =>
        new() { Package = package.Id, Kind = PackageChangeKind.Installed, Plugin = plugin, Note = note };

    string? NoteOn(PluginReference reference, PluginSummary plugin) =>
        plugin.Source != PluginKinds.Package ? $"The loaded plugin of this name is '{plugin.Path}', which comes first. Rename it."
        : desired.IsDesired(reference) ? null : $"It is not in the 'autoload' list. Add it, to have it after a restart too: autoload: [..., {reference}]";
}
