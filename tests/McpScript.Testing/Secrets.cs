using System.Collections.Concurrent;
using System.IO.Compression;

namespace McpScript.Testing;

/// <summary>Secrets that specs have used so far, and where they leaked. The output of each host and program is searched when it ends.</summary>
public static class Secrets
{
    // Shorter texts would match by chance. The specs of the gate search for six-digit codes themselves.
    const int Shortest = 10;

    static readonly ConcurrentDictionary<string, bool> Registered = new(StringComparer.Ordinal);
    static readonly ConcurrentQueue<string> Leaks = new();
    static int s_searched;

    /// <summary>Leaks found, each with the beginning of the line.</summary>
    public static IReadOnlyCollection<string> Found => Leaks;

    /// <summary>Number of known secrets.</summary>
    public static int Known => Registered.Count;

    /// <summary>Number of texts and files searched.</summary>
    public static int Searched => s_searched;

    /// <summary>Adds a secret to search for.</summary>
    /// <returns>The secret.</returns>
    public static string Keep(string secret)
    {
        if (secret.Length >= Shortest)
            Registered[secret] = true;
        return secret;
    }

    /// <summary>Searches lines for all known secrets.</summary>
    public static void Search(IEnumerable<string> lines, string where) => Search(lines, where, Registered.Keys, Leaks.Enqueue);

    /// <summary>Searches the log files of a folder, including compressed ones.</summary>
    public static void SearchFiles(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            if (Path.GetExtension(file) is ".jsonl" or ".log" or ".gz" || file.Contains("transcripts", StringComparison.Ordinal))
                Search(Lines(file), file);
    }

    /// <summary>Searches lines for secrets.</summary>
    public static void Search(IEnumerable<string> lines, string where, ICollection<string> secrets, Action<string> found)
    {
        Interlocked.Increment(ref s_searched);
        foreach (var line in lines)
            foreach (var secret in secrets)
                if (line.Contains(secret, StringComparison.Ordinal))
                    found($"'{secret}' in {where}: {line[..Math.Min(line.Length, 300)]}");
    }

    static IEnumerable<string> Lines(string file)
    {
        if (Path.GetExtension(file) != ".gz")
            return File.ReadAllLines(file);
        using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var text = new StreamReader(packed);
        return text.ReadToEnd().Split('\n');
    }
}
