using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpScript.Packages;

/// <summary>Content of <c>packages.lock.json</c>. Meant to be committed: one line per package, in order, without paths of one machine.</summary>
static class LockFileText
{
    static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Returns the content for packages.</summary>
    /// <param name="packages">The packages.</param>
    /// <param name="folder">The plugin folder, the base of relative paths.</param>
    /// <param name="named">The plugin folder to store in the content, for a file outside of it; null for none.</param>
    public static string Write(IEnumerable<InstalledPackage> packages, string folder, string? named = null)
    {
        var entries = packages.ToDictionary(package => package.Id, package => (Entry?)Entry.Of(package, folder));
        var content = new Content(1, new SortedDictionary<string, Entry?>(entries, StringComparer.OrdinalIgnoreCase)) { Folder = named };
        return JsonSerializer.Serialize(content, Json) + "\n";
    }

    /// <summary>Returns the plugin folder that is stored in a content; null for none.</summary>
    public static string? FolderOf(string text) => JsonSerializer.Deserialize<Content>(text, Json)?.Folder;

    /// <summary>Returns the packages of a valid content; none for a lock file of NuGet's, which a project may have in that folder.</summary>
    public static ImmutableArray<InstalledPackage> Read(string text, string folder) =>
        JsonSerializer.Deserialize<Content>(text, Json)?.Plugins is { } plugins
            ? [.. plugins.Select(plugin => (plugin.Value ?? throw new ArgumentException($"'{plugin.Key}' is null")).ToPackage(plugin.Key, folder))]
            : [];

    /// <summary>Returns true for the lock file of a .NET project, which has the same name.</summary>
    public static bool IsOfProject(string text)
    {
        try
        {
            using var file = JsonDocument.Parse(text);
            return file.RootElement.ValueKind == JsonValueKind.Object
                && !file.RootElement.TryGetProperty("plugins", out _) && file.RootElement.TryGetProperty("dependencies", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Returns the reason why a content is not valid; null if it is valid.</summary>
    public static string? WhyNot(string text, string folder)
    {
        try
        {
            Read(text, folder);
            return null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return $"{e.Message.TrimEnd('.')}. Correct it, or restore it from version control.";
        }
    }

    // Deserialized to a plain dictionary: the serializer would create a sorted one with a culture-dependent order.
    sealed record Content(int Version, IReadOnlyDictionary<string, Entry?>? Plugins)
    {
        public string? Folder { get; init; }
    }

    sealed record Entry(string? Version, string? Requested, IReadOnlyList<string?>? Sources, IReadOnlyDictionary<string, Pin?>? Packages)
    {
        public static Entry Of(InstalledPackage package, string folder) => new(
            package.Version, package.Requested,
            package.Sources.IsDefaultOrEmpty ? null : [.. package.Sources.Select(source => Relative(source, folder))],
            new SortedDictionary<string, Pin?>(
                package.Packages.ToDictionary(pin => pin.Id, pin => (Pin?)new Pin(pin.Version, pin.Sha256)), StringComparer.OrdinalIgnoreCase));

        static string Relative(string source, string folder) => IsFeed(source) ? source : Path.GetRelativePath(folder, source).Replace('\\', '/');

        public InstalledPackage ToPackage(string id, string folder) => new()
        {
            Id = Checked(id), Version = Checked(Version), Requested = Checked(Requested),
            Sources = [.. (Sources ?? []).Select(source => SourceOf(id, source, folder))],
            Packages =
            [
                .. (Packages ?? throw new ArgumentException($"'{id}' has no 'packages'"))
                    .Select(pin => new PackagePin(Checked(pin.Key), Checked(pin.Value?.Version), Hash(pin.Value?.Sha256)))
                    .OrderBy(pin => pin.Id, StringComparer.OrdinalIgnoreCase),
            ],
        };

        static string SourceOf(string id, string? source, string folder) =>
            source is null ? throw new ArgumentException($"a source of '{id}' is null") : IsFeed(source) ? source : Path.GetFullPath(source, folder);

        // These texts become parts of paths and of a project file, so their characters are restricted.
        static string Checked(string? text) =>
            text is { Length: > 0 and < 200 } && !text.Contains("..", StringComparison.Ordinal)
            && text.All(c => char.IsAsciiLetterOrDigit(c) || "._-+*[](), ".Contains(c))
                ? text
                : throw new ArgumentException($"'{text}' is neither an id nor a version");

        static string Hash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw new ArgumentException($"'{text}' is not a SHA-256 hash");
    }

    sealed record Pin(string? Version, string? Sha256);

    static bool IsFeed(string source) => source.Contains("://", StringComparison.Ordinal);
}
