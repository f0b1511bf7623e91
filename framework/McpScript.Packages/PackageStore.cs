using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace McpScript.Packages;

/// <summary>
/// Packages by their content: <c>&lt;id&gt;/&lt;version&gt;/&lt;hash&gt;/</c>. Two packages of one name and version with another content, from two feeds or
/// packed twice, are two packages.
/// </summary>
/// <remarks>The hash is that of <c>files.sha256</c>, which lists the hashes of all files that can be loaded or read by a plugin, as <c>sha256sum -c</c>
/// reads it; it is the same on every machine.</remarks>
/// <param name="folder">Where they are kept.</param>
sealed class PackageStore(string folder)
{
    const string FileList = "files.sha256";
    static readonly string[] s_loadable = ["lib", "ref", "runtimes"];
    static readonly string[] s_kept = [.. s_loadable, "content", "contentFiles", "analyzers"];

    /// <summary>Where a package is, or would be.</summary>
    // Half of the hash: paths have limits on Windows, and the other half is checked.
    public string FolderOf(PackagePin pin) => Path.Combine(folder, pin.Id.ToLowerInvariant(), pin.Version.ToLowerInvariant(), pin.Sha256[..32]);

    /// <summary>Takes in a package as NuGet has unpacked it; one that is there and whole stays as it is, a damaged one is replaced.</summary>
    /// <param name="unpacked">Where NuGet has unpacked it.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">Its version.</param>
    /// <param name="expected">The hash that it was pinned with; null if it was not.</param>
    public PackagePin Keep(string unpacked, string id, string version, string? expected = null)
    {
        var list = ListOf(unpacked, s_kept);
        // Pinned before content was stored: what was installed then stays exactly that.
        if (expected is not null && HashOf(list) != expected && ListOf(unpacked, s_loadable) is var older && HashOf(older) == expected)
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
            // Another process was faster, with the same content.
            Directory.Delete(unfinished, recursive: true);
        }
        return pin;
    }

    /// <summary>What its files must hash to, by absolute path.</summary>
    /// <exception cref="PackageException">The list is missing, or is not the one that the pin means.</exception>
    public ImmutableDictionary<string, string> FilesOf(PackagePin pin)
    {
        var place = FolderOf(pin);
        var list = ReadList(place);
        if (list is null || HashOf(list) != pin.Sha256)
            throw new PackageException([new(
                $"{pin}: the list of its files in '{place}' is {(list is null ? "missing" : "not the one that was installed")}. Somebody changed it. Delete that folder and install the package again.",
                PackageProblemCodes.Tampered)]);
        return Entries(list).ToImmutableDictionary(entry => Path.GetFullPath(entry.Path, place), entry => entry.Hash);
    }

    // Sorted, and with slashes, so that every machine makes the same list of the same package.
    static string ListOf(string unpacked, string[] parts)
    {
        var files = parts.Select(part => Path.Combine(unpacked, part)).Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(unpacked, path).Replace('\\', '/'))
            // A name with a line break in it would be two lines of the list, and the second could say anything.
            .Where(path => !path.Any(char.IsControl)).Order(StringComparer.Ordinal);
        return string.Concat(files.Select(path => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(unpacked, path))))}  {path}\n"));
    }

    static IEnumerable<(string Hash, string Path)> Entries(string list) =>
        list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line[..64], line[66..]));

    static string HashOf(string list) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));

    static string? ReadList(string place)
    {
        try
        {
            return File.ReadAllText(Path.Combine(place, FileList));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or closed to us: nobody can say what the files should be.
            return null;
        }
    }

    static bool IsWhole(string place, string list) =>
        ReadList(place) == list && Entries(list).All(entry => Path.Combine(place, entry.Path) is var path
            && File.Exists(path) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) == entry.Hash);

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The folder is a new one, which is moved into place when it is complete.")]
    static void Copy(string unpacked, string place, string list)
    {
        foreach (var path in Entries(list).Select(entry => entry.Path).Concat(Directory.EnumerateFiles(unpacked, "*.nuspec").Select(path => Path.GetFileName(path)!)))
        {
            var target = Path.Combine(place, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(unpacked, path), target);
        }
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, FileList), list);
    }

    // Whoever asked may have written it in another case; its own is the plugin's name. Nothing but the case may differ: it becomes part of a path.
    static string OwnSpelling(string unpacked, string id) =>
        Directory.EnumerateFiles(unpacked, "*.nuspec").FirstOrDefault() is { } nuspec
        && XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "id")?.Value.Trim() is { } own
        && string.Equals(own, id, StringComparison.OrdinalIgnoreCase) ? own : id;
}
