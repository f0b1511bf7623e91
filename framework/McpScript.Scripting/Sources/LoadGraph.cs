using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Sources;

/// <summary>The <c>#load</c> relations between scripts. A file is read again only when it may have changed. Thread-safe.</summary>
sealed class LoadGraph
{
    readonly FileFactCache<ImmutableArray<string>> _loads;
    int _reads;

    /// <param name="time">The clock that file times are compared with.</param>
    public LoadGraph(TimeProvider time) => _loads = new(time, ReadLoads);

    /// <summary>Number of files read so far.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Each file that a script loads, directly or through others, with that script. Files that load each other are no parts.</summary>
    public IReadOnlyDictionary<string, string> PartsOf(IEnumerable<string> scripts)
    {
        var loads = new Dictionary<string, ImmutableArray<string>>();
        var reached = scripts.Distinct().ToDictionary(script => script, script => ReachedFrom(script, loads));
        _loads.Keep(loads.Keys.ToHashSet(StringComparer.Ordinal));

        var parts = new Dictionary<string, string>();
        foreach (var (script, files) in reached)
            foreach (var part in files.Where(part => part != script && !(reached.TryGetValue(part, out var back) && back.Contains(script))))
                parts.TryAdd(part, script);
        return parts;
    }

    HashSet<string> ReachedFrom(string script, Dictionary<string, ImmutableArray<string>> known)
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>([script]);
        while (waiting.TryPop(out var path))
        {
            if (!known.TryGetValue(path, out var loads))
                known.Add(path, loads = LoadsOf(path));
            foreach (var load in loads.Where(reached.Add))
                waiting.Push(load);
        }
        return reached;
    }

    ImmutableArray<string> LoadsOf(string path)
    {
        try
        {
            var stat = FileStat.Of(path);
            return stat.Kind == FileKind.Missing ? [] : _loads.Get(path, stat);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected: deleted since it was listed, or unreadable. Compilation reports that; here the file loads nothing.
            return [];
        }
    }

    ImmutableArray<string> ReadLoads(string path)
    {
        Interlocked.Increment(ref _reads);
        using var text = new StreamReader(RegularFile.OpenRead(path));
        return [.. LoadDirectives.Of(text).Select(load => ScriptPath.Full(load, path))];
    }
}
