using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace McpScript.Packages;

/// <summary>
/// Packages stored by content: <c>&lt;id&gt;/&lt;version&gt;/&lt;hash&gt;/</c>. Packages with the same name and version but different content, from two
/// feeds or packed twice, are stored separately. Safe for use by several processes.
/// </summary>
/// <remarks>
/// The hash is that of <c>files.sha256</c>, which lists the hashes of all files that a plugin can load or read, in the format of <c>sha256sum -c</c>. It is
/// the same on every machine.
/// </remarks>
/// <param name="folder">The folder of the store.</param>
sealed class PackageStore(string folder)
{
    const string FileList = "files.sha256";
    static readonly string[] Loadable = ["lib", "ref", "runtimes"];
    static readonly string[] Kept = [.. Loadable, "content", "contentFiles", "analyzers"];

    /// <summary>Returns the folder of a package, which need not exist.</summary>
    // Half of the hash, because Windows limits the length of paths; the complete hash is checked.
    public string FolderOf(PackagePin pin) => Path.Combine(folder, pin.Id.ToLowerInvariant(), pin.Version.ToLowerInvariant(), pin.Sha256[..32]);

    /// <summary>Adds a package that NuGet has unpacked; an intact one is kept, a damaged one is replaced.</summary>
    /// <param name="unpacked">The folder of the unpacked package.</param>
    /// <param name="id">The id of the package.</param>
    /// <param name="version">The version of the package.</param>
    /// <param name="expected">The pinned hash; null if it is not pinned.</param>
    public PackagePin Keep(string unpacked, string id, string version, string? expected = null)
    {
        var list = ListOf(unpacked, Kept);
        // Pinned before content was stored: the package keeps exactly the content of that time.
        if (expected is not null && HashOf(list) != expected && ListOf(unpacked, Loadable) is var older && HashOf(older) == expected)
            list = older;
        var pin = new PackagePin(OwnSpelling(unpacked, id), version, HashOf(list));
        var place = FolderOf(pin);
        if (IsWhole(place, list))
            return pin;
        var unfinished = $"{place}.{Path.GetRandomFileName()}";
        Copy(unpacked, unfinished, list);
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        try
        {
            Directory.Move(unfinished, place);
        }
        catch (IOException) when (IsWhole(place, list))
        {
            // Another process has added the same content in the meantime.
            Directory.Delete(unfinished, recursive: true);
        }
        return pin;
    }

    /// <summary>Returns the expected hashes of the package's files, by absolute path.</summary>
    /// <exception cref="PackageException">The list of files is missing, or does not match the pin.</exception>
    public ImmutableDictionary<string, string> FilesOf(PackagePin pin)
    {
        var place = FolderOf(pin);
        var list = ReadList(place);
        if (list is null || HashOf(list) != pin.Sha256)
        {
            var state = list is null ? "missing" : "not the one that was installed";
            throw new PackageException([new(
                $"{pin}: the list of its files in '{place}' is {state}. It was changed after the installation. "
                + "Delete that folder and install the package again.",
                PackageProblemCodes.Tampered)]);
        }
        return Entries(list).ToImmutableDictionary(entry => Path.GetFullPath(entry.Path, place), entry => entry.Hash);
    }

    // Sorted and with slashes, so that the list of a package is the same on every machine.
    static string ListOf(string unpacked, string[] parts)
    {
        var files = parts.Select(part => Path.Combine(unpacked, part)).Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(unpacked, path).Replace('\\', '/'))
            // A file name with a line break would add a second line to the list, with any content.
            .Where(path => !path.Any(char.IsControl)).Order(StringComparer.Ordinal);
        return string.Concat(files.Select(path => $"{HashOfFile(Path.Combine(unpacked, path))}  {path}\n"));
    }

    static IEnumerable<(string Hash, string Path)> Entries(string list) =>
        list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line[..64], line[66..]));

    static string HashOf(string list) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));

    static string HashOfFile(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    static string? ReadList(string place)
    {
        try
        {
            return File.ReadAllText(Path.Combine(place, FileList));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Missing or not readable: the expected content of the files is unknown.
            return null;
        }
    }

    static bool IsWhole(string place, string list) =>
        ReadList(place) == list && Entries(list).All(entry => Path.Combine(place, entry.Path) is var path
            && File.Exists(path) && HashOfFile(path) == entry.Hash);

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The folder is a new one, which is moved into place when it is complete.")]
    static void Copy(string unpacked, string place, string list)
    {
        var nuspec = Directory.EnumerateFiles(unpacked, "*.nuspec").Select(path => Path.GetFileName(path)!);
        foreach (var path in Entries(list).Select(entry => entry.Path).Concat(nuspec))
        {
            var target = Path.Combine(place, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(unpacked, path), target);
        }
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, FileList), list);
    }

    // A request may spell the id in another case; the package's own spelling is the plugin's name. Only the case may differ, because it is part of a path.
    static string OwnSpelling(string unpacked, string id) =>
        Directory.EnumerateFiles(unpacked, "*.nuspec").FirstOrDefault() is { } nuspec
        && XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "id")?.Value.Trim() is { } own
        && string.Equals(own, id, StringComparison.OrdinalIgnoreCase) ? own : id;
}
