using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Reconcile;
using McpScript.Registry;

namespace McpScript.Core.Tests.Reconcile;

/// <summary>Two plugin folders and the registry at one scan, as data.</summary>
/// <remarks>A file's hash is the number of its version, and version 1 is the one that the registry has read.</remarks>
sealed record FolderModel
{
    /// <summary>The first plugin folder.</summary>
    public static readonly string One = Path.Combine(Path.GetTempPath(), "one");

    /// <summary>The second plugin folder.</summary>
    public static readonly string Two = Path.Combine(Path.GetTempPath(), "two");

    /// <summary>Empty folders and an empty registry.</summary>
    public static readonly FolderModel Empty = new();

    /// <summary>Places that the sources offer.</summary>
    public ImmutableArray<PluginLocation> Places { get; init; } = [];

    /// <summary>Loaded plugins.</summary>
    public ImmutableArray<PluginSummary> Loaded { get; init; } = [];

    /// <summary>Failures of the last attempts.</summary>
    public ImmutableArray<PluginFailure> Failures { get; init; } = [];

    /// <summary>The autoload list; null for none.</summary>
    public ImmutableArray<PluginReference>? Listed { get; init; }

    /// <summary>Folders that are away.</summary>
    public ImmutableHashSet<string> Away { get; init; } = [];

    /// <summary>Plugins whose settings changed; null while the configuration is the same.</summary>
    public ImmutableHashSet<PluginReference>? Refreshed { get; init; }

    /// <summary>Versions of the files on the disk; other files are in version 1.</summary>
    public ImmutableDictionary<string, int> Versions { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The time.</summary>
    public int Now { get; init; } = 10;

    /// <summary>Plugins that should be loaded, in load order.</summary>
    public ImmutableArray<PluginReference> Wanted => new DesiredPlugins(() => Listed is { } list ? list : null, _ => true)
        .From(Places, Loaded.Select(plugin => plugin.Reference));

    /// <summary>The view that makes the plan.</summary>
    public ReconcilePlan View => new(Places, Wanted, Loaded, Failures, Away, Refreshed);

    /// <summary>The absolute path of a script.</summary>
    public static string PathOf(string name, string root) => Path.Combine(root, name + ".csx");

    /// <summary>The time with that number.</summary>
    public static DateTimeOffset Time(int number) => DateTimeOffset.UnixEpoch.AddMinutes(number);

    /// <summary>A plugin that the sources offer.</summary>
    public FolderModel With(string name, string? root = null, string kind = "script") =>
        this with { Places = Places.Add(new(new(name), kind, PathOf(name, root ?? One), root ?? One)) };

    /// <summary>A plugin that is loaded, made from its script and the other files.</summary>
    public FolderModel WithLoaded(string name, string? root = null, int at = 1, params string[] files) => this with
    {
        Loaded = Loaded.Add(new()
        {
            Reference = new(name), Name = name, Generation = 1, Source = "script", Path = PathOf(name, root ?? One), Root = root ?? One, LoadedAt = Time(at),
            Tools = [], Resources = [], Prompts = [],
            Files = [new(PathOf(name, root ?? One), "1"), .. files.Select(file => new SourceFile(file, "1"))],
        }),
    };

    /// <summary>A plugin whose last attempt failed.</summary>
    public FolderModel WithFailed(
        string name, PluginStage stage = PluginStage.Compile, int at = 1, string? root = null, SourceFile[]? files = null, params string[] blockedBy) =>
        this with
        {
            Failures = Failures.Add(new()
            {
                Reference = new(name), Stage = stage, Path = PathOf(name, root ?? One), Error = "broken", Problems = [new("broken")],
                At = Time(at), BlockedBy = [.. blockedBy.Select(blocker => new PluginReference(blocker))],
                Files = [.. files ?? [new(PathOf(name, root ?? One), "1")]],
            }),
        };

    /// <summary>A plugin that was not found at the last attempt.</summary>
    public FolderModel WithUnresolved(string name)
    {
        var failed = WithFailed(name, PluginStage.Resolve, files: []);
        return failed with { Failures = failed.Failures.SetItem(failed.Failures.Length - 1, failed.Failures[^1] with { Path = null }) };
    }

    /// <summary>The plugin lost a name to others.</summary>
    public FolderModel WithBlocked(string name, int at, params string[] by) => WithFailed(name, PluginStage.Publish, at, blockedBy: by);

    /// <summary>Another version of a file.</summary>
    public FolderModel Saved(string path, int version = 2) => this with { Versions = Versions.SetItem(path, version) };

    /// <summary>The autoload list.</summary>
    public FolderModel List(params string[] names) => this with { Listed = [.. names.Select(name => new PluginReference(name))] };

    /// <summary>The plan.</summary>
    public IReadOnlyList<PluginChange> Plan(IReadOnlyCollection<PluginReference> gone, bool isWaiting = false) => View.Changes(gone, isWaiting, HasChanged);

    /// <summary>The plan in words: <c>unload a</c>, <c>refresh b</c>.</summary>
    public IEnumerable<string> PlanText(string[]? gone = null, bool isWaiting = false) =>
        Plan([.. (gone ?? []).Select(name => new PluginReference(name))], isWaiting).Select(change => $"{change.Kind} {change.Reference}".ToLowerInvariant());

    /// <summary>Whether a file has another version than the one that was read.</summary>
    public bool HasChanged(SourceFile file) => HashOf(file.Path) != file.Hash;

    /// <summary>The registry after the plan.</summary>
    /// <param name="plan">The changes.</param>
    /// <param name="outcomeOf">Outcome of the attempt to load a plugin.</param>
    public FolderModel Apply(IReadOnlyList<PluginChange> plan, Func<PluginReference, LoadOutcome> outcomeOf)
    {
        var applied = plan.Aggregate(this, (model, change) => change.Kind == PluginChangeKind.Unload
            ? model.Without(change.Reference)
            : model.Attempt(change.Reference, outcomeOf(change.Reference)));
        return applied with { Now = Now + 1, Refreshed = null };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"found {string.Join(", ", Places.Select(place => place.Path))}; "
        + $"loaded {string.Join(", ", Loaded.Select(plugin => $"{plugin.Path} at {plugin.LoadedAt.Minute}"))}; "
        + $"failed {string.Join(", ", Failures.Select(Text))}; "
        + $"list {(Listed is { } list ? string.Join(' ', list) : "none")}; away {string.Join(' ', Away)}; refreshed {string.Join(' ', Refreshed ?? [])}; "
        + $"versions {string.Join(", ", Versions.Select(file => $"{file.Key} {file.Value}"))}";

    static string Text(PluginFailure failure) =>
        $"{failure.Reference} ({failure.Path}) to {failure.Stage} at {failure.At.Minute} by [{string.Join(' ', failure.BlockedBy)}]";

    FolderModel Without(PluginReference reference) => this with
    {
        Loaded = Loaded.RemoveAll(plugin => reference.Equals(plugin.Reference)),
        Failures = Failures.RemoveAll(failure => reference.Equals(failure.Reference)),
    };

    FolderModel Attempt(PluginReference reference, LoadOutcome outcome)
    {
        var place = Places.FirstOrDefault(place => place.Reference.Equals(reference));
        var rest = this with { Failures = Failures.RemoveAll(failure => reference.Equals(failure.Reference)) };
        if (place is null)
            return rest.WithUnresolved(reference.Name);
        var owner = Loaded.FirstOrDefault(plugin => !reference.Equals(plugin.Reference));
        SourceFile[] read = [new(place.Path, HashOf(place.Path))];
        return outcome switch
        {
            LoadOutcome.Broken => rest.WithFailed(reference.Name, PluginStage.Compile, Now, place.Root, read),
            LoadOutcome.Blocked when owner is not null => rest.WithFailed(reference.Name, PluginStage.Publish, Now, place.Root, read, blockedBy: owner.Name),
            _ => rest.Without(reference).Live(place, read),
        };
    }

    FolderModel Live(PluginLocation place, SourceFile[] read)
    {
        var added = WithLoaded(place.Reference.Name, place.Root, Now);
        return this with { Loaded = Loaded.Add(added.Loaded[^1] with { Files = [.. read] }) };
    }

    string? HashOf(string path) => Versions.GetValueOrDefault(path, 1) is > 0 and var version ? $"{version}" : null;
}
