using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;

namespace McpScript.Sources;

/// <summary>Plugins that are installed packages, as the lock file in the first plugin folder lists them.</summary>
/// <param name="installed">What is installed.</param>
/// <param name="engine">Has the files, or gets them.</param>
/// <param name="copies">Where native libraries go.</param>
/// <param name="asked">What was asked for by name and version; asked anew each time.</param>
sealed class PackageSource(PackageLock installed, PackageEngine engine, NativeCopies copies, Func<IEnumerable<PluginReference>> asked) : IPluginSource
{
    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders)
    {
        if (installed.Folder is not { } root)
            return new([]);
        var packages = installed.Packages;
        // With a version it can only be a package. A missing one is listed too, so that loading it reports the problem with the cure.
        var missing = asked().Where(reference => reference.Version is not null && !packages.Any(package => reference.Equals(new(package.Id))));
        return new(
        [
            .. packages.Where(package => PluginReference.IsValidName(package.Id)).Select(package => Locate(package, root)),
            .. missing.Select(reference => new PluginLocation(reference, PluginKinds.Package, installed.File!, root)),
        ]);
    }

    /// <summary>Where an installed package is. Another content is another place, so that a change of it is seen as one.</summary>
    public PluginLocation Locate(InstalledPackage package, string root) => new(new(package.Id), PluginKinds.Package, engine.PlaceOf(package), root);

    /// <summary>True for the id of an installed package.</summary>
    public bool Has(PluginReference reference) => installed.Find(reference.Name) is not null;

    /// <inheritdoc/>
    public async ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken)
    {
        var package = installed.Find(location.Reference.Name);
        CheckVersion(location.Reference, package);
        try
        {
            var graph = await engine.GetAsync(package!, cancellationToken);
            return await Task.Run(() => new PackageReader(location, package!, graph, copies).Read(cancellationToken), cancellationToken);
        }
        catch (PackageException e)
        {
            throw new PluginLoadException(location.Reference, PluginStage.Compile, [.. e.Problems.Select(problem => new PluginProblem(problem.Message, problem.Code))]) { Files = LockFile };
        }
    }

    ImmutableArray<SourceFile> LockFile => [.. installed.Files.Select(SourceFile.Read)];

    void CheckVersion(PluginReference reference, InstalledPackage? package)
    {
        var version = asked().FirstOrDefault(reference.Equals)?.Version;
        if (package is not null && (version is null || PackageVersion.AreSame(version, package.Version)))
            return;
        var wanted = version is null ? $"{reference}" : $"{reference}@{version}";
        var what = package is null ? $"The package {wanted} is not installed" : $"The package {reference} is installed in version {package.Version}, and 'autoload' asks for {version}";
        throw new PluginLoadException(reference, PluginStage.Resolve, [new($"{what}. Install it: mcp-proxy install {wanted}", PackageProblemCodes.NotInstalled)]) { Files = LockFile };
    }
}
