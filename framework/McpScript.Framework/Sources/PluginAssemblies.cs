using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Distinguishes DLLs that are plugins from their dependencies. A file is read again only when it may have changed. Thread-safe.</summary>
/// <param name="time">The clock that file times are compared with.</param>
sealed class PluginAssemblies(TimeProvider time)
{
    // Null for a file that is not an assembly, such as one that is being written.
    readonly FileFactCache<bool?> _facts = new(time, ContainsPlugin);
    volatile ImmutableDictionary<string, Answer> _last = ImmutableDictionary<string, Answer>.Empty;

    /// <summary>
    /// Returns the files that are to be loaded. A file that cannot be read as an assembly is among them, because loading it reports the problem; so is a file
    /// that was a plugin at the last scan, because an edit that removes the last tool is a mistake to report, not a deletion.
    /// </summary>
    public IReadOnlyList<string> Among(IEnumerable<string> paths)
    {
        var before = _last;
        var answers = paths.Distinct(StringComparer.Ordinal)
            .Select(path => (Path: path, Answer: AnswerFor(path, before.GetValueOrDefault(path)))).ToList();
        _last = answers.ToImmutableDictionary(entry => entry.Path, entry => entry.Answer);
        _facts.Keep(answers.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal));
        return [.. answers.Where(entry => entry.Answer != Answer.Other).Select(entry => entry.Path)];
    }

    Answer AnswerFor(string path, Answer before)
    {
        try
        {
            return _facts.Get(path, FileStat.Of(path)) switch
            {
                true => Answer.Plugin,
                _ when before == Answer.Plugin => before,
                false => Answer.Other,
                null => Answer.Unreadable,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted since it was listed, or locked by the process that writes it: keep the last answer.
            return before == Answer.Unknown ? Answer.Unreadable : before;
        }
    }

    static bool? ContainsPlugin(string path)
    {
        using var content = RegularFile.OpenRead(path);
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        return ContainsPlugin(content, Path.GetDirectoryName(target)!);
    }

    static bool? ContainsPlugin(Stream content, string folder)
    {
        try
        {
            using var image = new PEReader(content);
            // An image without metadata is a native library of some plugin.
            return image.HasMetadata && (AssemblyFacts.Of(image).ContainsPlugin || InheritsPlugin(image, folder));
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    static bool InheritsPlugin(PEReader image, string folder)
    {
        var read = new Dictionary<string, PluginTypes?>(StringComparer.OrdinalIgnoreCase);
        PluginTypes? Find(string name) => read.TryGetValue(name, out var types) ? types : read[name] = Beside(folder, name);
        return PluginTypes.Of(image).Offer(Find);
    }

    static PluginTypes? Beside(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".dll");
        if (HostAssemblies.VersionOf(name) is not null || !File.Exists(path))
            return null;
        try
        {
            using var image = new PEReader(RegularFile.OpenRead(path));
            return image.HasMetadata ? PluginTypes.Of(image) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            // Nothing is known of an unreadable dependency; loading the plugin reports it.
            return null;
        }
    }

    enum Answer
    {
        Unknown,
        Plugin,
        Unreadable,
        Other,
    }
}
