using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Model;
using McpScript.Packages;

namespace McpScript.Management;

/// <summary>
/// Operations on packages for operators, with or without a running proxy. A change finds the package, verifies it and then writes the lock file, so that a
/// failure changes nothing. One change runs at a time.
/// </summary>
sealed class PackageOperations
{
    static readonly string[] NotFound = ["NU1100", "NU1101", "NU1102", "NU1103"];

    readonly PackageEngine _engine;
    readonly PackageLock _installed;
    readonly IPackageVerification _trial;
    readonly PackageSettings _settings;
    readonly ImmutableArray<string>? _sources;
    readonly AsyncLock _turn = new();

    internal PackageOperations(
        PackageEngine engine, PackageLock installed, IPackageVerification trial, PackageSettings settings, ImmutableArray<string>? sources) =>
        (_engine, _installed, _trial, _settings, _sources) = (engine, installed, trial, settings, sources);

    /// <summary>The installed packages.</summary>
    public ImmutableArray<PackageEntry> Packages => [.. _installed.Packages.Select(package => new PackageEntry(
        package.Id, package.Version, package.Requested, _trial.IsLoaded(new(package.Id)),
        [.. package.Packages.Where(pin => !pin.Is(package.Id)).Select(pin => $"{pin}")]))];

    /// <summary>Installs a package, or another version of an installed one; a running proxy serves it afterwards.</summary>
    /// <param name="text"><c>ID</c> or <c>ID@version</c>.</param>
    /// <param name="sources">Folders and feeds that are searched before the configured sources.</param>
    /// <param name="prerelease">True to include prerelease versions.</param>
    /// <param name="cancellationToken">Cancels the installation; nothing has changed then.</param>
    public Task<PackageChange> InstallAsync(
        string text, IReadOnlyList<string> sources, bool prerelease, CancellationToken cancellationToken) => InTurnAsync(text, async () =>
    {
        if (PackageSelector.Parse(text, prerelease) is not { } selector)
            return Refusal(
                text, PackageChangeKind.Malformed,
                $"'{text}' names no package. Write ID or ID@version: Contoso.Tools, Contoso.Tools@1.2.3, Contoso.Tools@1.*, Contoso.Tools@[1.0,2.0).",
                PackageProblemCodes.BadRequest);
        if (WhyNotAllowed(selector, sources) is { } why)
            return Refusal(selector.Id, PackageChangeKind.NotAllowed, why, PackageProblemCodes.NotAllowed);
        _installed.CheckWritable();
        return await PutAsync(await _engine.FindAsync(selector, [.. sources.Select(Absolute)], cancellationToken), mustLoad: true, cancellationToken);
    }, cancellationToken);

    /// <summary>Uninstalls a package; a running proxy lets its calls finish and unloads it.</summary>
    public Task<PackageChange> UninstallAsync(string id, CancellationToken cancellationToken) => InTurnAsync(id, async () =>
    {
        if (_installed.Find(id) is not { } package)
            return NotInstalled(id);
        _installed.CheckWritable();
        // The lock file first: if writing it fails, nothing has changed.
        _installed.Propose(package.Id, null);
        try
        {
            _installed.Settle(package.Id);
        }
        finally
        {
            _installed.Withdraw(package.Id);
        }
        var removed = await _trial.UnloadAsync(new(package.Id), CancellationToken.None);
        return new() { Package = package.Id, Kind = PackageChangeKind.Uninstalled, Version = package.Version, Removed = removed };
    }, cancellationToken);

    /// <summary>Updates a package, or all of them, to the newest versions that fit the request; for one exact version, to the newest of all.</summary>
    /// <param name="id">The package; null for all.</param>
    /// <param name="sources">Folders and feeds that are searched first; empty for those that were given at the installation.</param>
    /// <param name="cancellationToken">Cancels the update.</param>
    public async Task<ImmutableArray<PackageChange>> UpdateAsync(string? id, IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        var changes = ImmutableArray.CreateBuilder<PackageChange>();
        foreach (var name in id is null ? _installed.Packages.Select(package => package.Id) : [id])
            changes.Add(await InTurnAsync(name, () => UpdateOneAsync(name, sources, cancellationToken), cancellationToken));
        return changes.ToImmutable();
    }

    async Task<PackageChange> UpdateOneAsync(string id, IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        if (_installed.Find(id) is not { } package)
            return NotInstalled(id);
        if (PackageSelector.Parse($"{package.Id}@{package.Requested}")?.Next() is not { } selector)
            return Refusal(
                id, PackageChangeKind.Failed,
                $"In the lock file, the requested version '{package.Requested}' of {package.Id} is no version. Install it again.",
                PackageProblemCodes.LockFile);
        if (WhyNotAllowed(selector, sources) is { } why)
            return Refusal(package.Id, PackageChangeKind.NotAllowed, why, PackageProblemCodes.NotAllowed);
        _installed.CheckWritable();
        // Sources that the configuration has excluded since the installation are not used.
        var known = sources.Count > 0 ? [.. sources.Select(Absolute)] : package.Sources.Where(source => _sources?.Contains(source) ?? true);
        var found = await _engine.FindAsync(selector, [.. known], cancellationToken);
        if (PackageVersions.Parse(found.Version) is { } newest && PackageVersions.Parse(package.Version) is { } present && newest.CompareTo(present) < 0)
            return new()
            {
                Package = package.Id, Kind = PackageChangeKind.Unchanged, Version = package.Version, Was = package.Version,
                Note = $"The newest version that was found is {found.Version}, which is older.",
            };
        // After a request for one exact version, the lock file records the new one as requested.
        var exact = PackageVersions.Parse(package.Requested) is not null;
        return await PutAsync(exact ? found with { Requested = found.Version } : found, mustLoad: false, cancellationToken);
    }

    async Task<PackageChange> PutAsync(InstalledPackage package, bool mustLoad, CancellationToken cancellationToken)
    {
        if (!PluginReference.IsValidName(package.Id))
            return Refusal(package.Id, PackageChangeKind.Failed, PluginReference.InvalidName(package.Id), PackageProblemCodes.BadRequest);
        var was = _installed.Find(package.Id);
        _installed.Propose(package.Id, package);
        try
        {
            var tried = await _trial.TryAsync(package, isNew: !package.IsSameAs(was), mustLoad, cancellationToken);
            if (!tried.Ok)
                return tried with { Version = was?.Version, Was = was?.Version };
            await SettleAsync(package, was);
            return tried with
            {
                Kind = package.IsSameAs(was) ? PackageChangeKind.Unchanged : PackageChangeKind.Installed,
                Version = package.Version,
                Was = was?.Version,
            };
        }
        finally
        {
            _installed.Withdraw(package.Id);
        }
    }

    async Task SettleAsync(InstalledPackage package, InstalledPackage? was)
    {
        try
        {
            _installed.Settle(package.Id);
        }
        catch (PackageException)
        {
            // Such as a full disk: serve again what the lock file says.
            _installed.Withdraw(package.Id);
            if (was is null)
                await _trial.UnloadAsync(new(package.Id), CancellationToken.None);
            else
                await _trial.TryAsync(was, isNew: true, mustLoad: false, CancellationToken.None);
            throw;
        }
    }

    async Task<PackageChange> InTurnAsync(string id, Func<Task<PackageChange>> change, CancellationToken cancellationToken)
    {
        using var turn = await _turn.EnterAsync(cancellationToken);
        try
        {
            return await change();
        }
        catch (PackageException e)
        {
            var kind = e.Problems.All(problem => NotFound.Contains(problem.Code)) ? PackageChangeKind.NotFound : PackageChangeKind.Failed;
            var problems = e.Problems.Select(problem => new PluginProblem(problem.Message, problem.Code));
            return new() { Package = id, Kind = kind, Error = e.Message, Problems = [.. problems] };
        }
    }

    string? WhyNotAllowed(PackageSelector selector, IReadOnlyList<string> sources)
    {
        if (_settings.Allowed is { } allowed && !selector.Request.IsAmong(allowed))
            return $"The package '{selector.Id}' is not among the 'allowed_packages' of the configuration ({string.Join(", ", allowed)}).";
        if (_sources is { } configured && sources.Select(Absolute).FirstOrDefault(source => !configured.Contains(source)) is { } other)
            return $"'{other}' is not among the 'package_sources' of the configuration ({string.Join(", ", configured)}).";
        return sources.FirstOrDefault(HasSecret) is not null
            ? "A source with a user name or password in its address would be written into the lock file. Put them into the machine's NuGet.config."
            : null;
    }

    // The command line sends absolute paths; relative ones over REST are relative to the proxy's working directory.
    static string Absolute(string source) => source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source);

    static bool HasSecret(string source) => Uri.TryCreate(source, UriKind.Absolute, out var address) && address.UserInfo.Length > 0;

    static PackageChange NotInstalled(string id) =>
        Refusal(id, PackageChangeKind.NotFound, $"The package '{id}' is not installed.", PackageProblemCodes.NotInstalled);

    static PackageChange Refusal(string id, PackageChangeKind kind, string error, string code) =>
        new() { Package = id, Kind = kind, Error = error, Problems = [new(error, code)] };
}
