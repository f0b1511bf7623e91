using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Sources;

/// <summary>Which scripts load which. A file is read again only when its time or length has changed. Safe for concurrent use.</summary>
sealed class LoadGraph(TimeProvider time)
{
    // A second edit in the same tick of the file system's clock cannot be seen, so a file counts as known only when it has rested that long.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    volatile ImmutableDictionary<string, Head> _known = ImmutableDictionary<string, Head>.Empty;

    /// <summary>How many files were read so far.</summary>
    public int Reads => Volatile.Read(ref _reads);

    int _reads;

    /// <summary>Each file that some script loads, perhaps by way of others, with a script that does. Files that load each other are nobody's part.</summary>
    public IReadOnlyDictionary<string, string> PartsOf(IEnumerable<string> scripts)
    {
        var heads = new Dictionary<string, Head>();
        var reached = scripts.Distinct().ToDictionary(script => script, script => ReachedFrom(script, heads));
        _known = heads.ToImmutableDictionary();   // what is no longer reached is forgotten

        var parts = new Dictionary<string, string>();
        foreach (var (script, files) in reached)
            foreach (var part in files.Where(part => part != script && !(reached.TryGetValue(part, out var back) && back.Contains(script))))
                parts.TryAdd(part, script);
        return parts;
    }

    HashSet<string> ReachedFrom(string script, Dictionary<string, Head> heads)
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>([script]);
        while (waiting.TryPop(out var path))
        {
            if (!heads.TryGetValue(path, out var head))
                heads.Add(path, head = HeadOf(path));
            foreach (var load in head.Loads.Where(reached.Add))
                waiting.Push(load);
        }
        return reached;
    }

    Head HeadOf(string path)
    {
        try
        {
            var info = new FileInfo(path);
            var target = (info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? info;   // a link has a time of its own
            if (!target.Exists)
                return Head.None;
            var rested = time.GetUtcNow() - target.LastWriteTimeUtc > Rest;
            var head = new Head(target.Length, target.LastWriteTimeUtc, rested, []);
            if (_known.TryGetValue(path, out var known) && known.Rested && known with { Loads = [] } == head)
                return known;

            Interlocked.Increment(ref _reads);
            using var text = new StreamReader(RegularFile.OpenRead(path));
            return head with { Loads = [.. LoadDirectives.Of(text).Select(load => ScriptPath.Full(load, path))] };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected: deleted just now, or not readable. Compiling it will say so; here it just loads nothing.
            return Head.None;
        }
    }

    sealed record Head(long Length, DateTime Written, bool Rested, ImmutableArray<string> Loads)
    {
        public static readonly Head None = new(-1, default, false, []);
    }
}
