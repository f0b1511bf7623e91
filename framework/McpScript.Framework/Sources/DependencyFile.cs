using System.Text.Json;
using McpScript.Model;
using McpScript.Packages;

namespace McpScript.Sources;

/// <summary>The entries of a <c>.deps.json</c> for this machine: the possible paths of each file, the most likely one first.</summary>
/// <param name="Assemblies">Paths of assemblies, by simple name.</param>
/// <param name="NativeLibraries">Paths of native libraries, by file name.</param>
/// <param name="Satellites">Paths of satellite assemblies, by <see cref="SatelliteKey.Of"/>.</param>
sealed record DependencyFile(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Assemblies, IReadOnlyDictionary<string, IReadOnlyList<string>> NativeLibraries,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Satellites)
{
    static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> None = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>A file without entries.</summary>
    public static DependencyFile Empty { get; } = new(None, None, None);

    /// <summary>Reads a dependency file.</summary>
    /// <param name="json">Content of the file.</param>
    /// <param name="folder">Folder of the file; paths in it are relative to that.</param>
    /// <exception cref="JsonException">The content is not JSON, or not that of a dependency file.</exception>
    public static DependencyFile Parse(ReadOnlyMemory<byte> json, string folder)
    {
        try
        {
            using var file = JsonDocument.Parse(json);
            var assemblies = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
            var natives = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            var satellites = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
            foreach (var library in Target(file.RootElement).EnumerateObject())
            {
                foreach (var entry in Entries(library.Value, "resources"))
                    if (entry.Value.TryGetProperty("locale", out var locale) && locale.GetString() is { } culture)
                        satellites[SatelliteKey.Of(culture, Path.GetFileNameWithoutExtension(entry.Name))] =
                            Asset.Of(entry, isNative: false).SatellitePlacesIn(folder, culture);
                foreach (var asset in Assets(library.Value))
                    if (asset.IsNative)
                        natives[Path.GetFileName(asset.Path)] = asset.PlacesIn(folder);
                    else
                        assemblies[Path.GetFileNameWithoutExtension(asset.Path)] = asset.PlacesIn(folder);
            }
            return new(assemblies, natives, satellites);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // Valid JSON of another shape, such as an object instead of a string.
            throw new JsonException($"it is not what the .NET SDK writes ({e.Message})", e);
        }
    }

    static JsonElement Target(JsonElement file)
    {
        var targets = file.GetProperty("targets");
        return file.TryGetProperty("runtimeTarget", out var runtime) && targets.TryGetProperty(runtime.GetProperty("name").GetString()!, out var named)
            ? named
            : targets.EnumerateObject().First().Value;
    }

    // Entries for this machine come last, so that they replace entries for any machine.
    static IEnumerable<Asset> Assets(JsonElement library) =>
    [
        .. Entries(library, "runtime").Select(entry => Asset.Of(entry, isNative: false)),
        .. Entries(library, "native").Select(entry => Asset.Of(entry, isNative: true)),
        .. from entry in Entries(library, "runtimeTargets")
           let rank = RuntimeNames.Here.ToList().IndexOf(entry.Value.GetProperty("rid").GetString() is { Length: > 0 } rid ? rid : "any")
           where rank >= 0
           orderby rank descending
           select Asset.Of(entry, isNative: entry.Value.GetProperty("assetType").GetString() == "native"),
    ];

    static IEnumerable<JsonProperty> Entries(JsonElement library, string group) =>
        library.TryGetProperty(group, out var entries) ? entries.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    readonly record struct Asset(string Path, string? LocalPath, bool IsNative)
    {
        public static Asset Of(JsonProperty entry, bool isNative) =>
            new(entry.Name, entry.Value.TryGetProperty("localPath", out var local) ? local.GetString() : null, isNative);

        // A build copies lib/net10.0/de/X.resources.dll to de/X.resources.dll.
        public IReadOnlyList<string> SatellitePlacesIn(string folder, string culture) =>
            [
                .. new[] { LocalPath, Path, System.IO.Path.Combine(culture, System.IO.Path.GetFileName(Path)) }.OfType<string>().Distinct()
                    .Select(place => System.IO.Path.GetFullPath(place, folder)),
            ];

        // A build copies lib/net10.0/X.dll to X.dll, and leaves runtimes/linux-x64/native/x.so in its folder.
        public IReadOnlyList<string> PlacesIn(string folder) =>
            [
                .. new[] { LocalPath, Path, System.IO.Path.GetFileName(Path) }.OfType<string>().Distinct()
                    .Select(place => System.IO.Path.GetFullPath(place, folder)),
            ];
    }
}
