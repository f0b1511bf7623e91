using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpScript.FileSystem;
using Microsoft.Extensions.Logging;

namespace McpScript.Packages;

/// <summary>
/// Fetches packages with their dependencies, and caches the result: a request that was restored once needs neither the SDK nor the network again.
/// Safe for concurrent use, by several processes too.
/// </summary>
/// <param name="options">The sources and the folder.</param>
/// <param name="log">Log of fetched packages.</param>
sealed partial class PackageEngine(PackageEngineOptions options, ILogger<PackageEngine> log) : IDisposable
{
    const string LockFile = "packages.lock.json";
    const int MostVersions = 20;

    readonly SemaphoreSlim _turn = new(1);
    readonly DotnetSdk _sdk = new(options.DotnetRoot ?? DotnetSdk.OwnRoot);
    readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);
    readonly PackageStore _store = new(Path.Combine(options.Folder, "store"));

    /// <summary>Returns the requested packages and their dependencies as one graph. The versions chosen at the first restore stay in use.</summary>
    /// <exception cref="PackageException">The packages are not available.</exception>
    public Task<PackageGraph> GetAsync(IReadOnlyCollection<PackageRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
            return Task.FromResult(PackageGraph.Empty);
        var graph = GraphFileOf(requests);
        // NuGet's lock file is kept beside the graph: after the store has been deleted, the same versions are restored.
        return RememberedOrAsync(graph, ct => RestoreAsync(requests, new(options.Sources, []), graph, [], ct), cancellationToken);
    }

    /// <summary>Finds and fetches the version that a selector matches now, without the cache.</summary>
    /// <param name="selector">The package and its versions.</param>
    /// <param name="sources">Additional sources, which are searched before the configured ones.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="PackageException">The package is not available.</exception>
    public async Task<InstalledPackage> FindAsync(PackageSelector selector, ImmutableArray<string> sources, CancellationToken cancellationToken)
    {
        var graph = await InTurnAsync(() => RestoreInTurnAsync([selector.Request], sources, [], cancellationToken), cancellationToken);
        var package = InstalledPackage.Of(selector, graph, sources);
        if (!selector.Allows(package.Version))
        {
            throw Failed(
                $"The newest version of {package.Id} that fits {selector.Version} would be {package.Version}, which is too old. Request another range.",
                PackageProblemCodes.BadRequest);
        }
        await InTurnAsync(() => Task.FromResult(Remember(PlaceOf(package), graph)), cancellationToken);
        return package;
    }

    /// <summary>Returns the files of an installed package, exactly as locked; fetches them again if they are missing.</summary>
    /// <exception cref="PackageException">The files are missing and not available, or they differ from the locked ones.</exception>
    public async Task<LockedGraph> GetAsync(InstalledPackage package, CancellationToken cancellationToken)
    {
        var graph = await RememberedOrAsync(PlaceOf(package), ct => RestoreExactlyAsync(package, ct), cancellationToken);
        // The hashes come from the store, not from the cached graph, which is not protected by the lock file.
        var hashes = package.Packages.SelectMany(_store.FilesOf).ToImmutableDictionary();
        return new(graph, hashes, _store.FolderOf(package.Packages.First(pin => pin.Is(package.Id))));
    }

    /// <summary>Returns the path of the cached graph of an installed package. Another content has another path.</summary>
    public string PlaceOf(InstalledPackage package) => GraphFile(package.Packages.Select(pin => $"{pin} {pin.Sha256}"));

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    async Task<PackageGraph> RememberedOrAsync(string file, Func<CancellationToken, Task<PackageGraph>> restore, CancellationToken cancellationToken)
    {
        if (Remembered(file) is { } known && IsCurrent(file, known))
            return known;
        return await InTurnAsync(() => RestoredAsync(file, restore, cancellationToken), cancellationToken);
    }

    // Graphs cached by older versions lack satellites and content: they are fetched again, and used as they are if that fails.
    bool IsCurrent(string file, PackageGraph known) => known.Format >= PackageGraph.CurrentFormat || _kept.ContainsKey(file);

    async Task<PackageGraph> RestoredAsync(string file, Func<CancellationToken, Task<PackageGraph>> restore, CancellationToken cancellationToken)
    {
        var known = Remembered(file);
        if (known is not null && IsCurrent(file, known))
            return known;
        try
        {
            return Remember(file, await restore(cancellationToken));
        }
        catch (PackageException e) when (known is not null)
        {
            _kept.TryAdd(file, true);
            KeptAsItIs(string.Join(", ", known.Packages), e.Message);
            return known;
        }
    }

    async Task<PackageGraph> InTurnAsync(Func<Task<PackageGraph>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A home folder that is full, read-only or missing.
            throw Failed(
                $"Packages cannot be kept in '{options.Folder}': {e.Message.TrimEnd('.')}. Make that folder writable.", PackageProblemCodes.FolderNotWritable);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task<PackageGraph> RestoreExactlyAsync(InstalledPackage package, CancellationToken cancellationToken)
    {
        // Requests every package of the graph in its exact version, so that the restore has no choice.
        PackageRequest[] exact = [.. package.Packages.Select(pin => new PackageRequest(pin.Id, $"[{pin.Version}]"))];
        var graph = await RestoreInTurnAsync(exact, package.Sources, package.Packages, cancellationToken);
        var others = graph.Packages.Except(package.Packages).ToList();
        if (others.Count == 0)
            return graph;
        var differ = $"{string.Join(", ", others)} {(others.Count == 1 ? "differs" : "differ")} from the lock file, in content or altogether.";
        throw Failed(
            $"{package.Id} {package.Version} was installed with other packages than its source gives now: {differ} "
            + $"If that is right, install it again: mcp-proxy install {package.Id}@{package.Version}", PackageProblemCodes.NotAsLocked);
    }

    async Task<PackageGraph> RestoreInTurnAsync(
        IReadOnlyCollection<PackageRequest> requests, ImmutableArray<string> named, IReadOnlyCollection<PackagePin> pins, CancellationToken cancellationToken)
    {
        var turns = RestoreSources.InTurn(named, options.Sources);
        foreach (var sources in turns.SkipLast(1))
            try
            {
                return await RestoreAsync(requests, sources, null, pins, cancellationToken);
            }
            catch (PackageException e) when (RestoreOutput.IsNotFound(e))
            {
                // Expected: the source of a plugin often lacks its dependencies. The next sources are tried.
            }
        return await RestoreAsync(requests, turns[^1], null, pins, cancellationToken);
    }

    // A lock file applies only to the graph that was restored with it. It is replaced after success only, so that a failed attempt changes nothing.
    async Task<PackageGraph> RestoreAsync(
        IReadOnlyCollection<PackageRequest> requests, RestoreSources sources, string? graphFile, IReadOnlyCollection<PackagePin> pins,
        CancellationToken cancellationToken)
    {
        var wanted = string.Join("; ", requests);
        if (!_sdk.Exists)
        {
            throw Failed(
                $"{wanted}: not fetched yet on this machine. Fetching needs the .NET SDK, but only the runtime is installed here. "
                + $"Install the SDK, or copy '{options.Folder}' from a machine that has fetched them.", PackageProblemCodes.NoSdk);
        }
        if (sources.All.FirstOrDefault(source => source.Contains(';')) is { } torn)
        {
            var problem = $"{wanted}: the source '{torn}' has a ';' in it, which the .NET SDK reads as the end of the source.";
            throw Failed($"{problem} Give the folder another name.", "NU1301");
        }
        Fetching(wanted);
        var work = Directory.CreateDirectory(Path.Combine(options.Folder, "restore", Path.GetRandomFileName())).FullName;
        try
        {
            var kept = graphFile is null ? null : Path.Combine(Path.GetDirectoryName(graphFile)!, LockFile);
            var lockFile = kept is null ? null : Path.Combine(work, LockFile);
            if (File.Exists(graphFile) && File.Exists(kept))
                File.Copy(kept, lockFile!);
            var project = Path.Combine(work, "packages.csproj");
            // A folder of its own: a shared one would return the old content of a package that was packed again under the same version.
#pragma warning disable RS0030 // A project of this restore alone; the folder is deleted after it.
            await File.WriteAllTextAsync(project, RestoreProject.Text(requests, sources, Path.Combine(work, "unpacked"), lockFile), cancellationToken);
#pragma warning restore RS0030
            var (ok, output) = await _sdk.RestoreAsync(project, cancellationToken);
            if (!ok)
                throw new PackageException(await WithVersionsAsync(RestoreOutput.Problems(output), requests, sources, work, cancellationToken));
            var graph = AssetsFile.Read(Path.Combine(work, "obj", "project.assets.json"), RuntimeNames.Here[0], _store, pins);
            await CheckVersionsAsync(requests, graph, sources, work, cancellationToken);
            if (kept is not null)
                Keep(lockFile!, kept);
            Fetched(string.Join(", ", graph.Packages));
            return graph;
        }
        finally
        {
            Clear(work);
        }
    }

    static void Keep(string lockFile, string kept)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        File.Move(lockFile, kept, overwrite: true);
    }

    // NuGet replaces a missing version by the next higher one, which may behave differently.
    async Task CheckVersionsAsync(
        IReadOnlyCollection<PackageRequest> requests, PackageGraph graph, RestoreSources sources, string work, CancellationToken cancellationToken)
    {
        var problems = new List<PackageProblem>();
        foreach (var request in requests)
            if (graph.Packages.FirstOrDefault(pin => pin.Is(request.Id)) is { } found && !request.Allows(found.Version))
            {
                var existing = await VersionsAsync(request.Id, sources, work, cancellationToken) ?? $"The next version is {found.Version}.";
                problems.Add(new($"{request.Id} {request.Version} does not exist. {existing} Request one that exists.", "NU1603"));
            }
        if (problems.Count > 0)
            throw new PackageException([.. problems]);
    }

    async Task<ImmutableArray<PackageProblem>> WithVersionsAsync(
        ImmutableArray<PackageProblem> problems, IReadOnlyCollection<PackageRequest> requests, RestoreSources sources, string work,
        CancellationToken cancellationToken)
    {
        var completed = new List<PackageProblem>();
        foreach (var problem in problems)
        {
            var request = RestoreOutput.IsVersionNotFound(problem) ? requests.FirstOrDefault(request => RestoreOutput.Names(problem, request.Id)) : null;
            var versions = request is null ? null : await VersionsAsync(request.Id, sources, work, cancellationToken);
            completed.Add(versions is null ? problem : problem with { Message = $"{problem.Message} {versions}" });
        }
        return [.. completed];
    }

    async Task<string?> VersionsAsync(string id, RestoreSources sources, string work, CancellationToken cancellationToken)
    {
        var versions = await _sdk.VersionsAsync(id, sources, work, cancellationToken);
        if (versions.Count == 0)
            return null;
        var older = versions.Count > MostVersions ? $" and {versions.Count - MostVersions} older ones" : "";
        return $"Existing versions: {string.Join(", ", versions.Take(MostVersions))}{older}.";
    }

    static PackageException Failed(string message, string code) => new([new(message, code)]);

    static void Clear(string work)
    {
        try
        {
            Directory.Delete(work, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A child process of a cancelled SDK may still write there. A leftover folder does no harm.
        }
    }

    PackageGraph? Remembered(string file)
    {
        try
        {
            var graph = JsonSerializer.Deserialize<PackageGraph>(RegularFile.ReadAllBytes(file))?.WithPaths(path => Path.GetFullPath(path, options.Folder));
            return graph is not null && graph.IsWhole() && graph.Packages.All(pin => Directory.Exists(_store.FolderOf(pin))) ? graph : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            // Missing or damaged: it is created again.
            return null;
        }
    }

    // Atomic, so that another process never reads a part of it; with relative paths, so that the folder can be copied to another machine.
    PackageGraph Remember(string file, PackageGraph graph)
    {
        AtomicFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(graph.WithPaths(path => Path.GetRelativePath(options.Folder, path))));
        return graph;
    }

    // The sources are a part of the key, because another source may have another content under the same version.
    string GraphFileOf(IEnumerable<PackageRequest> requests)
    {
        var lines = requests.Select(request => $"{request.Id.ToLowerInvariant()} {request.Version}").Order(StringComparer.Ordinal);
        return GraphFile(lines.Concat(options.Sources ?? ["machine"]));
    }

    // The runtime is a part of the key, because another runtime needs other files.
    string GraphFile(IEnumerable<string> key)
    {
        var lines = string.Join('\n', key.Append($"net{Environment.Version.Major} {RuntimeNames.Here[0]}"));
        return Path.Combine(options.Folder, "graphs", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))[..32], "graph.json");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetching packages: {Packages} …")]
    partial void Fetching(string packages);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Packages that an older version fetched are used without their satellite assemblies and content files: "
        + "{Packages}. They cannot be fetched again now: {Reason}")]
    partial void KeptAsItIs(string packages, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetched packages: {Packages}.")]
    partial void Fetched(string packages);
}
