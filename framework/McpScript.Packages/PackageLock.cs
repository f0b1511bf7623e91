using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace McpScript.Packages;

/// <summary>
/// What is installed: <c>packages.lock.json</c> in the first plugin folder or, where that folder is read-only, in the state folder; and what is about to be
/// written there. A change is proposed, tried, and only then written, so that no file names a package that does not work. Safe for concurrent use.
/// </summary>
/// <remarks>Both files are read. A package that both list is the one of the plugin folder's file.</remarks>
/// <param name="folder">Returns the first plugin folder; null if there is none.</param>
/// <param name="log">Receives one line about a file that cannot be understood, and about entries that differ.</param>
/// <param name="stateFolder">The state folder; null for none.</param>
sealed partial class PackageLock(Func<string?> folder, ILogger<PackageLock> log, string? stateFolder = null)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "packages.lock.json";

    readonly Lock _gate = new();
    readonly HashSet<string> _differing = new(StringComparer.OrdinalIgnoreCase);
    ImmutableDictionary<string, InstalledPackage?> _proposed = ImmutableDictionary.Create<string, InstalledPackage?>(StringComparer.OrdinalIgnoreCase);
    (string Folder, LockFile Own, LockFile? State)? _files;

    /// <summary>The plugin folder that it belongs to; null if there is none.</summary>
    public string? Folder => folder();

    /// <summary>The absolute path of the file in the plugin folder; null if there is no plugin folder.</summary>
    public string? File => Folder is { } place ? Path.Combine(place, FileName) : null;

    /// <summary>The absolute paths of both files, whether or not they are there.</summary>
    public ImmutableArray<string> Files
    {
        get
        {
            lock (_gate)
                return Places() is var (own, state) ? state is null ? [own.Path] : [own.Path, state.Path] : [];
        }
    }

    /// <summary>The installed packages, by id; while a file is broken, what it said before.</summary>
    public ImmutableArray<InstalledPackage> Packages
    {
        get
        {
            lock (_gate)
                return With(OnDisk(), _proposed);
        }
    }

    /// <summary>An installed package by its id, or null.</summary>
    public InstalledPackage? Find(string id) => Packages.FirstOrDefault(package => Is(package, id));

    /// <summary>From now on a package counts as installed, or with null as not installed, until that is settled or withdrawn.</summary>
    public void Propose(string id, InstalledPackage? package)
    {
        lock (_gate)
            _proposed = _proposed.SetItem(id, package);
    }

    /// <summary>Takes a proposal back.</summary>
    public void Withdraw(string id)
    {
        lock (_gate)
            _proposed = _proposed.Remove(id);
    }

    /// <summary>Writes down what was proposed: in the plugin folder, or in the state folder if the plugin folder is read-only.</summary>
    /// <exception cref="PackageException">The file cannot be written; the proposal stands as before.</exception>
    public void Settle(string id)
    {
        lock (_gate)
        {
            var (own, state) = Checked();
            var change = _proposed.Where(entry => string.Equals(entry.Key, id, StringComparison.OrdinalIgnoreCase)).ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);
            if (state is null || IsWritable(Folder!))
            {
                own.Write(With(own.Packages, change));
                if (state is not null && state.Packages.Any(package => Is(package, id)))
                    state.Write([.. state.Packages.Where(package => !Is(package, id))]);
            }
            else if (own.Packages.Any(package => Is(package, id)))
                throw Failed($"'{own.Path}' lists '{id}' and cannot be written: the plugin folder is read-only. What it lists wins over the state folder; change it where it comes from.");
            else
                state.Write(With(state.Packages, change));
            _proposed = _proposed.Remove(id);
        }
    }

    /// <summary>Makes sure that a change can be written down before anything is fetched for it.</summary>
    /// <exception cref="PackageException">There is no plugin folder, or a file that is not ours to overwrite.</exception>
    public void CheckWritable()
    {
        lock (_gate)
            Checked();
    }

    (LockFile Own, LockFile? State) Checked()
    {
        if (Folder is not { } place || !Directory.Exists(place) || Places() is not var (own, state))
            throw Failed("There is no plugin folder that could say what is installed: neither ./plugins nor ./scripts-plugins exists here. Make one, or name one with --plugin-dir.");
        own.Check();
        if (state is not null && !IsWritable(place))
            state.Check();
        return (own, state);
    }

    ImmutableArray<InstalledPackage> OnDisk()
    {
        if (Places() is not var (own, state))
            return [];
        var packages = own.Packages;
        if (state is null)
            return packages;
        foreach (var hidden in state.Packages)
            if (packages.FirstOrDefault(package => Is(package, hidden.Id)) is { } wins && !wins.IsSameAs(hidden) && _differing.Add($"{hidden.Id} {hidden.Version} {wins.Version}"))
                Differs(hidden.Id, own.Path, wins.Version, state.Path, hidden.Version);
        return [.. packages.Concat(state.Packages.Where(package => !packages.Any(other => Is(other, package.Id)))).OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    (LockFile Own, LockFile? State)? Places()
    {
        if (Folder is not { } place)
            return null;
        if (_files is not { } files || files.Folder != place)
            _files = files = (place, new(Path.Combine(place, FileName), place, isOfState: false, NotUnderstood), StateFile(place));
        return (files.Own, files.State);
    }

    LockFile? StateFile(string place) => stateFolder is null || stateFolder == place ? null : new(Path.Combine(stateFolder, FileName), place, isOfState: true, NotUnderstood);

    static ImmutableArray<InstalledPackage> With(ImmutableArray<InstalledPackage> packages, ImmutableDictionary<string, InstalledPackage?> changes) =>
    [
        .. packages.Where(package => !changes.ContainsKey(package.Id)).Concat(changes.Values.OfType<InstalledPackage>()).OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
    ];

    static bool Is(InstalledPackage package, string id) => string.Equals(package.Id, id, StringComparison.OrdinalIgnoreCase);

    // Only trying tells: permissions, read-only mounts and a unit's ProtectSystem look alike from here. The dot hides the file from the watcher.
    static bool IsWritable(string place)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(place, $".{FileName}.{Path.GetRandomFileName()}"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static PackageException Failed(string message) => new([new(message, PackageProblemCodes.LockFile)]);

    [LoggerMessage(Level = LogLevel.Error, Message = "'{File}' cannot be understood, so the packages stay as they were: {Reason}")]
    partial void NotUnderstood(string file, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Package '{Package}' differs: '{File}' has version {Version}, which is used, and '{Other}' has {OtherVersion}. Uninstall it, or remove it from one of the files.")]
    partial void Differs(string package, string file, string version, string other, string otherVersion);
}
