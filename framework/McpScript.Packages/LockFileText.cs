using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpScript.Packages;

/// <summary>The text of <c>packages.lock.json</c>: made to be committed, so with a line for each package, in order, and no path of one machine.</summary>
static class LockFileText
{
    static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The text for these packages.</summary>
    /// <param name="packages">The packages.</param>
    /// <param name="folder">The plugin folder that relative paths start from.</param>
    /// <param name="named">The plugin folder that the text names, for a file that lies elsewhere; null for none.</param>
    public static string Write(IEnumerable<InstalledPackage> packages, string folder, string? named = null) => JsonSerializer.Serialize(
        new Content(1, new SortedDictionary<string, Entry>(
            packages.ToDictionary(package => package.Id, package => Entry.Of(package, folder)), StringComparer.OrdinalIgnoreCase)) { Folder = named }, s_json) + "\n";

    /// <summary>The plugin folder that a text names; null for none.</summary>
    public static string? FolderOf(string text) => JsonSerializer.Deserialize<Content>(text, s_json)?.Folder;

    /// <summary>The packages of a text that can be understood; none for a lock file of NuGet's own, which a project may have there.</summary>
    public static ImmutableArray<InstalledPackage> Read(string text, string folder) =>
        JsonSerializer.Deserialize<Content>(text, s_json)?.Plugins is { } plugins ? [.. plugins.Select(plugin => plugin.Value.ToPackage(plugin.Key, folder))] : [];

    /// <summary>True for the lock file of a .NET project, which has the same name.</summary>
    public static bool IsOfProject(string text)
    {
        try
        {
            using var file = JsonDocument.Parse(text);
            return file.RootElement.ValueKind == JsonValueKind.Object && !file.RootElement.TryGetProperty("plugins", out _) && file.RootElement.TryGetProperty("dependencies", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Why a text cannot be understood; null if it can.</summary>
    public static string? WhyNot(string text, string folder)
    {
        try
        {
            Read(text, folder);
            return null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return $"{e.Message.TrimEnd('.')}. Mend it, or take it from your version control.";
        }
    }

    // Read as a plain dictionary: a sorted one that the serializer makes compares by culture.
    sealed record Content(int Version, IReadOnlyDictionary<string, Entry>? Plugins)
    {
        public string? Folder { get; init; }
    }

    sealed record Entry(string? Version, string? Requested, IReadOnlyList<string>? Sources, IReadOnlyDictionary<string, Pin>? Packages)
    {
        public static Entry Of(InstalledPackage package, string folder) => new(
            package.Version, package.Requested,
            package.Sources.IsDefaultOrEmpty ? null : [.. package.Sources.Select(source => IsFeed(source) ? source : Path.GetRelativePath(folder, source).Replace('\\', '/'))],
            new SortedDictionary<string, Pin>(package.Packages.ToDictionary(pin => pin.Id, pin => new Pin(pin.Version, pin.Sha256)), StringComparer.OrdinalIgnoreCase));

        public InstalledPackage ToPackage(string id, string folder) => new()
        {
            Id = Checked(id), Version = Checked(Version), Requested = Checked(Requested),
            Sources = [.. (Sources ?? []).Select(source => IsFeed(source) ? source : Path.GetFullPath(source, folder))],
            Packages = [.. (Packages ?? throw new ArgumentException($"'{id}' has no 'packages'")).Select(pin => new PackagePin(Checked(pin.Key), Checked(pin.Value.Version), Hash(pin.Value.Sha256))).OrderBy(pin => pin.Id, StringComparer.OrdinalIgnoreCase)],
        };

        // These become parts of paths and of a project file.
        static string Checked(string? text) => text is { Length: > 0 and < 200 } && !text.Contains("..", StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterOrDigit(c) || "._-+*[](), ".Contains(c))
            ? text
            : throw new ArgumentException($"'{text}' is neither an id nor a version");

        static string Hash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower) ? text : throw new ArgumentException($"'{text}' is not a SHA-256 hash");
    }

    sealed record Pin(string? Version, string? Sha256);

    static bool IsFeed(string source) => source.Contains("://", StringComparison.Ordinal);
}
