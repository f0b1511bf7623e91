using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace McpScript.Packages;

/// <summary>
/// The installed packages: <c>packages.lock.json</c> in the first plugin folder or, if that folder is read-only, in the state folder, and proposed changes
/// to it. A change is proposed, tried, and written only then, so that no file lists a package that does not work. Safe for concurrent use.
/// </summary>
/// <remarks>Both files are read. If both list a package, the plugin folder's file applies.</remarks>
/// <param name="folder">Returns the first plugin folder; null if there is none.</param>
/// <param name="log">Receives one line about a file that is not valid, and about entries that differ.</param>
/// <param name="stateFolder">The state folder; null for none.</param>
sealed partial class PackageLock(Func<string?> folder, ILogger<PackageLock> log, string? stateFolder = null)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "packages.lock.json";

    readonly Lock _gate = new();
    readonly HashSet<string> _differing = new(StringComparer.OrdinalIgnoreCase);
    ImmutableDictionary<string, InstalledPackage?> _proposed = ImmutableDictionary.Create<string, InstalledPackage?>(StringComparer.OrdinalIgnoreCase);
    (string Folder, LockFile Own, LockFile? State)? _files;

    /// <summary>The plugin folder; null if there is none.</summary>
    public string? Folder => folder();

    /// <summary>The absolute path of the file in the plugin folder; null if there is no plugin folder.</summary>
    public string? File => Folder is { } place ? Path.Combine(place, FileName) : null;

    /// <summary>The absolute paths of both files, whether or not they exist.</summary>
    public ImmutableArray<string> Files
    {
        get
        {
            lock (_gate)
                return Places() is var (own, state) ? state is null ? [own.Path] : [own.Path, state.Path] : [];
        }
    }

    /// <summary>The installed packages, by id, with proposed changes; while a file is not valid, its last valid content.</summary>
    public ImmutableArray<InstalledPackage> Packages
    {
        get
        {
            lock (_gate)
                return With(OnDisk(), _proposed);
        }
    }

    /// <summary>Returns an installed package by its id; null if there is none.</summary>
    public InstalledPackage? Find(string id) => Packages.FirstOrDefault(package => Is(package, id));

    /// <summary>Proposes a package as installed, or with null as not installed, until that is settled or withdrawn.</summary>
    public void Propose(string id, InstalledPackage? package)
    {
        lock (_gate)
            _proposed = _proposed.SetItem(id, package);
    }

    /// <summary>Withdraws a proposal.</summary>
    public void Withdraw(string id)
    {
        lock (_gate)
            _proposed = _proposed.Remove(id);
    }

    /// <summary>Writes a proposed change: in the plugin folder, or in the state folder if the plugin folder is read-only.</summary>
    /// <exception cref="PackageException">The file cannot be written; the proposal stays.</exception>
    public void Settle(string id)
    {
        lock (_gate)
        {
            var (own, state) = Checked();
            var change = _proposed.Where(entry => string.Equals(entry.Key, id, StringComparison.OrdinalIgnoreCase))
                .ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);
            if (state is null || IsWritable(Folder!))
            {
                own.Write(With(own.Packages, change));
                if (state is not null && state.Packages.Any(package => Is(package, id)))
                    state.Write([.. state.Packages.Where(package => !Is(package, id))]);
            }
            else if (own.Packages.Any(package => Is(package, id)))
            {
                var problem = $"'{own.Path}' lists '{id}' and cannot be written: the plugin folder is read-only.";
                throw Failed($"{problem} Its entries override those of the state folder; change the file at its origin.");
            }
            else
                state.Write(With(state.Packages, change));
            _proposed = _proposed.Remove(id);
        }
    }

    /// <summary>Checks that a change can be written, before packages are fetched for it.</summary>
    /// <exception cref="PackageException">There is no plugin folder, or a file must not be overwritten.</exception>
    public void CheckWritable()
    {
        lock (_gate)
            Checked();
    }

    (LockFile Own, LockFile? State) Checked()
    {
        if (Folder is not { } place || !Directory.Exists(place) || Places() is not var (own, state))
        {
            throw Failed(
                "There is no plugin folder, so installed packages cannot be recorded: neither ./plugins nor ./scripts-plugins exists here. "
                + "Create one, or name one with --plugin-dir.");
        }
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
        {
            var winner = packages.FirstOrDefault(package => Is(package, hidden.Id));
            if (winner is not null && !winner.IsSameAs(hidden) && _differing.Add($"{hidden.Id} {hidden.Version} {winner.Version}"))
                Differs(hidden.Id, own.Path, winner.Version, state.Path, hidden.Version);
        }
        var others = state.Packages.Where(package => !packages.Any(other => Is(other, package.Id)));
        return [.. packages.Concat(others).OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    (LockFile Own, LockFile? State)? Places()
    {
        if (Folder is not { } place)
            return null;
        if (_files is not { } files || files.Folder != place)
            _files = files = (place, new(Path.Combine(place, FileName), place, isOfState: false, NotUnderstood), StateFile(place));
        return (files.Own, files.State);
    }

    LockFile? StateFile(string place) => stateFolder is null || stateFolder == place
        ? null
        : new(Path.Combine(stateFolder, FileName), place, isOfState: true, NotUnderstood);

    static ImmutableArray<InstalledPackage> With(ImmutableArray<InstalledPackage> packages, ImmutableDictionary<string, InstalledPackage?> changes) =>
    [
        .. packages.Where(package => !changes.ContainsKey(package.Id)).Concat(changes.Values.OfType<InstalledPackage>())
            .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
    ];

    static bool Is(InstalledPackage package, string id) => string.Equals(package.Id, id, StringComparison.OrdinalIgnoreCase);

    // Only a test write is reliable: permissions, read-only mounts and systemd's ProtectSystem cannot be checked in another way. The dot hides the file from
    // the watcher.
    static bool IsWritable(string place)
    {
        try
        {
            var path = Path.Combine(place, $".{FileName}.{Path.GetRandomFileName()}");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose };
            using var probe = new FileStream(path, options);
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

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Package '{Package}' differs: '{File}' has version {Version}, which is used, and '{Other}' has {OtherVersion}. "
        + "Uninstall it, or remove it from one of the files.")]
    partial void Differs(string package, string file, string version, string other, string otherVersion);
}
