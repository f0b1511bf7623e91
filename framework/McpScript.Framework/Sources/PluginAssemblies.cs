using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>
/// Tells DLLs that are plugins from those that merely lie there. A file is looked into again only when its time or length has changed. Safe for concurrent
/// use.
/// </summary>
sealed class PluginAssemblies(TimeProvider time)
{
    // A second write in the same tick of the file system's clock cannot be seen, so a file counts as known only when it has rested that long.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    volatile ImmutableDictionary<string, Look> _known = ImmutableDictionary<string, Look>.Empty;

    /// <summary>
    /// Those of the files that are to be loaded. One that cannot be read as an assembly is among them, because loading it says what is wrong; so is one that
    /// has been a plugin as long as it is there, because an edit that takes the last tool away is a mistake to be told, not a deletion.
    /// </summary>
    public IReadOnlyList<string> Among(IEnumerable<string> paths)
    {
        var looks = paths.Select(path => (Path: path, Look: LookAt(path))).ToList();
        _known = looks.ToImmutableDictionary(look => look.Path, look => look.Look);   // what is gone is forgotten
        return [.. looks.Where(look => look.Look.IsPlugin).Select(look => look.Path)];
    }

    Look LookAt(string path)
    {
        var known = _known.GetValueOrDefault(path);
        try
        {
            var info = new FileInfo(path);
            var target = (info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? info;   // a link has a time of its own
            var look = new Look(target.Length, target.LastWriteTimeUtc, time.GetUtcNow() - target.LastWriteTimeUtc > Rest, known?.IsPlugin ?? false);
            if (known is { Rested: true } && known == look)
                return known;
            using var content = RegularFile.OpenRead(path);
            return look with { IsPlugin = look.IsPlugin || OffersPlugin(content, target.DirectoryName!) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone just now, or locked by whoever writes it. What it was, it is for now; a new one is told about when it is loaded.
            return known ?? new Look(-1, default, false, IsPlugin: true);
        }
    }

    static bool OffersPlugin(Stream content, string folder)
    {
        try
        {
            using var image = new PEReader(content);
            // Without metadata it is a native library, which lies beside some plugin.
            return image.HasMetadata && (AssemblyFacts.Of(image).OffersPlugin || OffersByInheritance(image, folder));
        }
        catch (BadImageFormatException)
        {
            return true;
        }
    }

    static bool OffersByInheritance(PEReader image, string folder)
    {
        var read = new Dictionary<string, OfferingTypes?>(StringComparer.OrdinalIgnoreCase);
        OfferingTypes? Find(string name) => read.TryGetValue(name, out var types) ? types : read[name] = Beside(folder, name);
        return OfferingTypes.Of(image).Offer(Find);
    }

    static OfferingTypes? Beside(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".dll");
        if (HostAssemblies.VersionOf(name) is not null || !File.Exists(path))
            return null;
        try
        {
            using var image = new PEReader(RegularFile.OpenRead(path));
            return image.HasMetadata ? OfferingTypes.Of(image) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            // Of a dependency that cannot be read nothing is known; loading the plugin says what is wrong with it.
            return null;
        }
    }

    sealed record Look(long Length, DateTime Written, bool Rested, bool IsPlugin);
}
