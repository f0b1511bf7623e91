using System.Collections.Immutable;
using System.Text;
using McpScript.FileSystem;
using Microsoft.Extensions.Logging;

namespace McpScript.Packages;

/// <summary>
/// What is installed: <c>packages.lock.json</c> in the first plugin folder, and what is about to be written there. A change is proposed, tried, and only then
/// written, so that the file never names a package that does not work. Safe for concurrent use.
/// </summary>
/// <param name="folder">The first plugin folder; null if there is none.</param>
/// <param name="log">Hears once of a file that cannot be understood.</param>
public sealed partial class PackageLock(Func<string?> folder, ILogger<PackageLock> log)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "packages.lock.json";

    readonly Lock _gate = new();
    ImmutableDictionary<string, InstalledPackage?> _proposed = ImmutableDictionary.Create<string, InstalledPackage?>(StringComparer.OrdinalIgnoreCase);
    (string? Text, ImmutableArray<InstalledPackage> Packages) _read = (null, []);

    /// <summary>The plugin folder that it stands in; null if there is none.</summary>
    public string? Folder => folder();

    /// <summary>Its absolute path; null if there is no plugin folder.</summary>
    public string? File => Folder is { } place ? Path.Combine(place, FileName) : null;

    /// <summary>What is installed, by id; while the file is broken, what it said before.</summary>
    public ImmutableArray<InstalledPackage> Packages
    {
        get
        {
            lock (_gate)
                return Merged(OnDisk());
        }
    }

    /// <summary>An installed package by its id, or null.</summary>
    public InstalledPackage? Find(string id) => Packages.FirstOrDefault(package => string.Equals(package.Id, id, StringComparison.OrdinalIgnoreCase));

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

    /// <summary>Writes down what was proposed.</summary>
    /// <exception cref="PackageException">The file cannot be written; the proposal stands as before.</exception>
    public void Settle(string id)
    {
        lock (_gate)
        {
            CheckWritable();
            var packages = Merged(OnDisk(), id);
            var text = LockFileText.Write(packages, Folder!);
            try
            {
                var unfinished = $"{File}.{Path.GetRandomFileName()}";
                System.IO.File.WriteAllText(unfinished, text);
                System.IO.File.Move(unfinished, File!, overwrite: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PackageException([new($"'{File}' cannot be written: {e.Message.TrimEnd('.')}. Make the plugin folder writable.", PackageProblemCodes.LockFile)]);
            }
            // Known without reading it again: were the file broken before the next look, this is what it said last.
            _read = (text, packages);
            _proposed = _proposed.Remove(id);
        }
    }

    /// <summary>Sees to it that a change can be written down before anything is fetched for it.</summary>
    /// <exception cref="PackageException">There is no plugin folder, or a file in it that is not ours to overwrite.</exception>
    public void CheckWritable()
    {
        if (Folder is not { } place || !Directory.Exists(place))
            throw new PackageException([new(
                "There is no plugin folder that could say what is installed: neither ./plugins nor ./scripts-plugins exists here. Make one, or name one with --plugin-dir.", PackageProblemCodes.LockFile)]);
        var text = ReadText();
        if (text is not null && LockFileText.IsOfProject(text))
            throw new PackageException([new($"'{File}' is the lock file of a .NET project. Make the plugin folder another one than the project's.", PackageProblemCodes.LockFile)]);
        if (text is not null && LockFileText.WhyNot(text, place) is { } why)
            throw new PackageException([new($"'{File}' cannot be understood, so nothing is written to it: {why}", PackageProblemCodes.LockFile)]);
    }

    ImmutableArray<InstalledPackage> Merged(ImmutableArray<InstalledPackage> packages, string? only = null)
    {
        var proposed = _proposed.Where(entry => only is null || string.Equals(entry.Key, only, StringComparison.OrdinalIgnoreCase)).ToList();
        return
        [
            .. packages.Where(package => !proposed.Any(entry => string.Equals(entry.Key, package.Id, StringComparison.OrdinalIgnoreCase)))
                .Concat(proposed.Select(entry => entry.Value).OfType<InstalledPackage>())
                .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
        ];
    }

    ImmutableArray<InstalledPackage> OnDisk()
    {
        var text = ReadText();
        if (text == _read.Text)
            return _read.Packages;
        if (text is null || LockFileText.IsOfProject(text))
            _read = (text, []);
        else if (LockFileText.WhyNot(text, Folder!) is not { } why)
            _read = (text, LockFileText.Read(text, Folder!));
        else
        {
            // Half-merged, perhaps: what it said before stays true until it is mended.
            _read = (text, _read.Packages);
            NotUnderstood(File!, why);
        }
        return _read.Packages;
    }

    string? ReadText()
    {
        try
        {
            return File is { } path ? Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path)).TrimStart('\uFEFF') : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Expected: nothing is installed.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Closed to us for now: that is no uninstallation.
            return _read.Text;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "'{File}' cannot be understood, so the packages stay as they were: {Reason}")]
    partial void NotUnderstood(string file, string reason);
}
