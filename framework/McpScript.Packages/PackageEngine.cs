using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpScript.FileSystem;
using Microsoft.Extensions.Logging;

namespace McpScript.Packages;

/// <summary>
/// Gets packages with all that they need, and remembers the result: what was asked for once takes neither a restore nor the SDK nor the network again.
/// Safe for concurrent use, by several processes too.
/// </summary>
/// <param name="options">Where from and where to.</param>
/// <param name="log">Hears when something is fetched.</param>
sealed partial class PackageEngine(PackageEngineOptions options, ILogger<PackageEngine> log) : IDisposable
{
    const string LockFile = "packages.lock.json";
    const int MostVersions = 20;

    readonly SemaphoreSlim _turn = new(1);
    readonly DotnetSdk _sdk = new(options.DotnetRoot ?? DotnetSdk.OwnRoot);
    readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);
    readonly PackageStore _store = new(Path.Combine(options.Folder, "store"));

    /// <summary>The packages asked for and theirs, as one graph; what was chosen the first time stays chosen.</summary>
    /// <exception cref="PackageException">They cannot be had.</exception>
    public Task<PackageGraph> GetAsync(IReadOnlyCollection<PackageRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
            return Task.FromResult(PackageGraph.Empty);
        var graph = GraphFileOf(requests);
        // A lock file of NuGet's beside it: whoever empties the store gets it filled again, with the same versions.
        return RememberedOrAsync(graph, ct => RestoreAsync(requests, new(options.Sources, []), graph, [], ct), cancellationToken);
    }

    /// <summary>Finds what a wish means now, and fetches it, whatever was found before.</summary>
    /// <param name="wish">What is wished.</param>
    /// <param name="sources">Sources named for it, which are asked before the configured ones.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PackageException">It cannot be had.</exception>
    public async Task<InstalledPackage> FindAsync(PackageSelector wish, ImmutableArray<string> sources, CancellationToken cancellationToken)
    {
        var graph = await InTurnAsync(() => RestoreInTurnAsync([wish.Request], sources, [], cancellationToken), cancellationToken);
        var package = InstalledPackage.Of(wish, graph, sources);
        if (!wish.Allows(package.Version))
            throw new PackageException([new($"The newest version of {package.Id} that fits {wish.Version} would be {package.Version}, which is too old. Ask for another range.", PackageProblemCodes.BadRequest)]);
        await InTurnAsync(() => Task.FromResult(Remember(PlaceOf(package), graph)), cancellationToken);
        return package;
    }

    /// <summary>The files of an installed package: exactly those, fetched again if they are not here.</summary>
    /// <exception cref="PackageException">They are not here and cannot be had, or they are others.</exception>
    public async Task<LockedGraph> GetAsync(InstalledPackage package, CancellationToken cancellationToken)
    {
        var graph = await RememberedOrAsync(PlaceOf(package), ct => RestoreExactlyAsync(package, ct), cancellationToken);
        // Not by what the graph's file says of them, which is remembered and not locked.
        var hashes = package.Packages.SelectMany(_store.FilesOf).ToImmutableDictionary();
        return new(graph, hashes, _store.FolderOf(package.Packages.First(pin => pin.Is(package.Id))));
    }

    /// <summary>Where the graph of an installed package is remembered. Another content is another place.</summary>
    public string PlaceOf(InstalledPackage package) => GraphFile(package.Packages.Select(pin => $"{pin} {pin.Sha256}"));

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    async Task<PackageGraph> RememberedOrAsync(string file, Func<CancellationToken, Task<PackageGraph>> restore, CancellationToken cancellationToken)
    {
        if (Remembered(file) is { } known && IsCurrent(file, known))
            return known;
        return await InTurnAsync(() => RestoredAsync(file, restore, cancellationToken), cancellationToken);
    }

    // What an older version remembered lacks satellites and content: fetched again, and good enough where that is not possible.
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
            // A home that is full, read-only or not there.
            throw new PackageException([new($"Packages cannot be kept in '{options.Folder}': {e.Message.TrimEnd('.')}. Make that folder writable.", PackageProblemCodes.FolderNotWritable)]);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task<PackageGraph> RestoreExactlyAsync(InstalledPackage package, CancellationToken cancellationToken)
    {
        // Every package of the graph by its exact version, so that nothing is left to choose.
        var graph = await RestoreInTurnAsync([.. package.Packages.Select(pin => new PackageRequest(pin.Id, $"[{pin.Version}]"))], package.Sources, package.Packages, cancellationToken);
        var others = graph.Packages.Except(package.Packages).ToList();
        return others.Count == 0 ? graph : throw new PackageException([new(
            $"{package.Id} {package.Version} was installed with other packages than its source gives now: {string.Join(", ", others)} {(others.Count == 1 ? "differs" : "differ")} from the lock file, in content or altogether. "
            + $"If that is right, install it again: mcp-proxy install {package.Id}@{package.Version}", PackageProblemCodes.NotAsLocked)]);
    }

    async Task<PackageGraph> RestoreInTurnAsync(IReadOnlyCollection<PackageRequest> requests, ImmutableArray<string> named, IReadOnlyCollection<PackagePin> pins, CancellationToken cancellationToken)
    {
        var turns = RestoreSources.InTurn(named, options.Sources);
        foreach (var sources in turns.SkipLast(1))
            try
            {
                return await RestoreAsync(requests, sources, null, pins, cancellationToken);
            }
            catch (PackageException e) when (RestoreOutput.IsNotFound(e))
            {
                // Most of a plugin's own needs are not in the folder or feed that it comes from.
            }
        return await RestoreAsync(requests, turns[^1], null, pins, cancellationToken);
    }

    // A lock file only counts beside a graph that was restored with it, and a new one takes its place only after success: a failed attempt leaves nothing
    // behind.
    async Task<PackageGraph> RestoreAsync(
        IReadOnlyCollection<PackageRequest> requests, RestoreSources sources, string? graphFile, IReadOnlyCollection<PackagePin> pins, CancellationToken cancellationToken)
    {
        var asked = string.Join("; ", requests);
        if (!_sdk.Exists)
            throw new PackageException([new(
                $"{asked}: not fetched yet on this machine, and fetching takes the .NET SDK, of which there is only the runtime here. "
                + $"Install the SDK, or copy '{options.Folder}' from a machine that has fetched them.", PackageProblemCodes.NoSdk)]);
        if (sources.All.FirstOrDefault(source => source.Contains(';')) is { } torn)
            throw new PackageException([new($"{asked}: the source '{torn}' has a ';' in it, which the .NET SDK takes for the end of one source. Give the folder another name.", "NU1301")]);
        Fetching(asked);
        var work = Directory.CreateDirectory(Path.Combine(options.Folder, "restore", Path.GetRandomFileName())).FullName;
        try
        {
            var kept = graphFile is null ? null : Path.Combine(Path.GetDirectoryName(graphFile)!, LockFile);
            var lockFile = kept is null ? null : Path.Combine(work, LockFile);
            if (File.Exists(graphFile) && File.Exists(kept))
                File.Copy(kept, lockFile!);
            var project = Path.Combine(work, "packages.csproj");
            // Unpacked into a folder of this restore's own: in a shared one, a package that was packed anew under the same version would be the old one for
            // ever.
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

    // NuGet takes the next higher version for one that is not there, which for a script is another program.
    async Task CheckVersionsAsync(IReadOnlyCollection<PackageRequest> requests, PackageGraph graph, RestoreSources sources, string work, CancellationToken cancellationToken)
    {
        var problems = new List<PackageProblem>();
        foreach (var request in requests)
            if (graph.Packages.FirstOrDefault(pin => pin.Is(request.Id)) is { } found && !request.Allows(found.Version))
                problems.Add(new($"{request.Id} {request.Version} is not there. {await VersionsAsync(request.Id, sources, work, cancellationToken) ?? $"The next version is {found.Version}."} Ask for one that is.", "NU1603"));
        if (problems.Count > 0)
            throw new PackageException([.. problems]);
    }

    async Task<ImmutableArray<PackageProblem>> WithVersionsAsync(
        ImmutableArray<PackageProblem> problems, IReadOnlyCollection<PackageRequest> requests, RestoreSources sources, string work, CancellationToken cancellationToken)
    {
        var told = new List<PackageProblem>();
        foreach (var problem in problems)
        {
            var request = RestoreOutput.IsVersionNotFound(problem) ? requests.FirstOrDefault(request => RestoreOutput.Names(problem, request.Id)) : null;
            var versions = request is null ? null : await VersionsAsync(request.Id, sources, work, cancellationToken);
            told.Add(versions is null ? problem : problem with { Message = $"{problem.Message} {versions}" });
        }
        return [.. told];
    }

    async Task<string?> VersionsAsync(string id, RestoreSources sources, string work, CancellationToken cancellationToken) =>
        await _sdk.VersionsAsync(id, sources, work, cancellationToken) is { Count: > 0 } versions
            ? $"Versions that are there: {string.Join(", ", versions.Take(MostVersions))}{(versions.Count > MostVersions ? $" and {versions.Count - MostVersions} older ones" : "")}."
            : null;

    static void Clear(string work)
    {
        try
        {
            Directory.Delete(work, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A child of a cancelled SDK may still be writing there. A folder that is left behind harms nobody, and says nothing about the packages.
        }
    }

    PackageGraph? Remembered(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<PackageGraph>(RegularFile.ReadAllBytes(file))?.WithPaths(path => Path.GetFullPath(path, options.Folder)) is { } graph
                && graph.IsWhole() && graph.Packages.All(pin => Directory.Exists(_store.FolderOf(pin))) ? graph : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            // Not there yet, or damaged: made anew.
            return null;
        }
    }

    // In one step, so that another process sees all of it or nothing; with relative paths, so that the folder can be copied to another machine.
    PackageGraph Remember(string file, PackageGraph graph)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unfinished = $"{file}.{Path.GetRandomFileName()}";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(graph.WithPaths(path => Path.GetRelativePath(options.Folder, path))));
        File.Move(unfinished, file, overwrite: true);
        return graph;
    }

    // Other sources may hold another content under the same version.
    string GraphFileOf(IEnumerable<PackageRequest> requests) =>
        GraphFile(requests.Select(request => $"{request.Id.ToLowerInvariant()} {request.Version}").Order(StringComparer.Ordinal).Concat(options.Sources ?? ["machine"]));

    // Another runtime takes other files.
    string GraphFile(IEnumerable<string> key)
    {
        var lines = string.Join('\n', key.Append($"net{Environment.Version.Major} {RuntimeNames.Here[0]}"));
        return Path.Combine(options.Folder, "graphs", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))[..32], "graph.json");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetching packages: {Packages} …")]
    partial void Fetching(string packages);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Packages that an older version fetched are used as they are, without their satellite assemblies and content files: {Packages}. They cannot be fetched again now: {Reason}")]
    partial void KeptAsItIs(string packages, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetched packages: {Packages}.")]
    partial void Fetched(string packages);
}
