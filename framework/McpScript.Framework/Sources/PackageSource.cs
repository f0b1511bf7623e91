using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;

namespace McpScript.Sources;

/// <summary>Plugins that are installed packages, from the lock file in the first plugin folder.</summary>
/// <param name="installed">The installed packages.</param>
/// <param name="engine">Provides the packages' files; downloads missing ones.</param>
/// <param name="copies">Copies native libraries.</param>
/// <param name="asked">Plugins that the configuration requests by name and version; evaluated at each scan.</param>
sealed class PackageSource(PackageLock installed, PackageEngine engine, NativeCopies copies, Func<IEnumerable<PluginReference>> asked) : IPluginSource
{
    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders)
    {
        if (installed.Folder is not { } root)
            return new([]);
        var packages = installed.Packages;
        // A reference with a version can only be a package. A missing one is listed too, so that loading it reports the problem with the fix.
        var missing = asked().Where(reference => reference.Version is not null && !packages.Any(package => reference.Equals(new(package.Id))));
        return new(
        [
            .. packages.Where(package => PluginReference.IsValidName(package.Id)).Select(package => Locate(package, root)),
            .. missing.Select(reference => new PluginLocation(reference, PluginKinds.Package, installed.File!, root)),
        ]);
    }

    /// <summary>The location of an installed package. Its path depends on the content, so that a change of the content is found.</summary>
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
            var problems = e.Problems.Select(problem => new PluginProblem(problem.Message, problem.Code));
            throw new PluginLoadException(location.Reference, PluginStage.Compile, [.. problems]) { Files = LockFile };
        }
    }

    ImmutableArray<SourceFile> LockFile => [.. installed.Files.Select(SourceFile.Read)];

    void CheckVersion(PluginReference reference, InstalledPackage? package)
    {
        var version = asked().FirstOrDefault(reference.Equals)?.Version;
        if (package is not null && (version is null || PackageVersions.AreSame(version, package.Version)))
            return;
        var required = version is null ? $"{reference}" : $"{reference}@{version}";
        var what = package is null
            ? $"The package {required} is not installed"
            : $"The package {reference} is installed in version {package.Version}, and 'autoload' requires {version}";
        throw new PluginLoadException(
            reference, PluginStage.Resolve, [new($"{what}. Install it: mcp-proxy install {required}", PackageProblemCodes.NotInstalled)])
        {
            Files = LockFile,
        };
    }
}
