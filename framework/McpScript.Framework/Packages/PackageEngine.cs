using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace McpScript.Packages;

/// <summary>
/// Gets packages with all that they need, and remembers the result: what was asked for once takes neither a restore nor the SDK nor the network again.
/// Safe for concurrent use, by several processes too.
/// </summary>
/// <param name="options">Where from and where to.</param>
/// <param name="log">Hears when something is fetched.</param>
public sealed partial class PackageEngine(PackageEngineOptions options, ILogger<PackageEngine> log) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1);
    readonly DotnetSdk _sdk = new(options.DotnetRoot ?? DotnetSdk.OwnRoot);

    /// <summary>The packages asked for and theirs, as one graph.</summary>
    /// <exception cref="PackageException">They cannot be had.</exception>
    public async Task<PackageGraph> GetAsync(IReadOnlyCollection<PackageRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
            return PackageGraph.Empty;
        var folder = Path.Combine(options.Folder, "graphs", KeyOf(requests));
        if (Remembered(folder) is { } known)
            return known;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Remembered(folder) ?? await RestoreAsync(folder, requests, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A home that is full, read-only or not there.
            throw new PackageException([new($"Packages cannot be kept in '{options.Folder}': {e.Message.TrimEnd('.')}. Make that folder writable.", "MCS302")]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    static PackageGraph? Remembered(string folder)
    {
        try
        {
            // Whoever empties the package store gets it filled again, with the versions of the lock file.
            return JsonSerializer.Deserialize<PackageGraph>(File.ReadAllBytes(GraphFile(folder))) is { } graph && graph.IsWhole() ? graph : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Not there yet, or damaged: made anew.
            return null;
        }
    }

    async Task<PackageGraph> RestoreAsync(string folder, IReadOnlyCollection<PackageRequest> requests, CancellationToken cancellationToken)
    {
        if (!_sdk.Exists)
            throw new PackageException([new(
                $"{string.Join("; ", requests)}: not fetched yet on this machine, and fetching takes the .NET SDK, of which there is only the runtime here. "
                + $"Install the SDK, or copy '{options.Folder}' from a machine that has fetched them.", "MCS303")]);
        Fetching(string.Join("; ", requests));
        var work = Directory.CreateDirectory(Path.Combine(options.Folder, "restore", Path.GetRandomFileName())).FullName;
        try
        {
            Directory.CreateDirectory(folder);
            var project = Path.Combine(work, "packages.csproj");
            await File.WriteAllTextAsync(project, RestoreProject.Text(requests, options.Sources, Path.Combine(options.Folder, "store"), Path.Combine(folder, "packages.lock.json")), cancellationToken);
            var (ok, output) = await _sdk.RestoreAsync(project, cancellationToken);
            if (!ok)
                throw new PackageException(RestoreOutput.Problems(output));
            var graph = AssetsFile.Read(Path.Combine(work, "obj", "project.assets.json"), RuntimeNames.Here[0]);
            Remember(folder, work, graph);
            Fetched(string.Join(", ", graph.Packages));
            return graph;
        }
        finally
        {
            Clear(work);
        }
    }

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

    // In one step, so that another process sees all of it or nothing.
    static void Remember(string folder, string work, PackageGraph graph)
    {
        var unfinished = Path.Combine(work, "graph.json");
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(graph));
        File.Move(unfinished, GraphFile(folder), overwrite: true);
    }

    static string GraphFile(string folder) => Path.Combine(folder, "graph.json");

    // Other sources may hold another content under the same version; another runtime takes other files.
    string KeyOf(IEnumerable<PackageRequest> requests)
    {
        var lines = requests.Select(request => $"{request.Id.ToLowerInvariant()} {request.Version}").Order(StringComparer.Ordinal)
            .Append($"net{Environment.Version.Major} {RuntimeNames.Here[0]}").Concat(options.Sources ?? ["machine"]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..32];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetching packages: {Packages} …")]
    partial void Fetching(string packages);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetched packages: {Packages}.")]
    partial void Fetched(string packages);
}
