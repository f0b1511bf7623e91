using System.IO.Compression;
using System.Text.Json;

namespace McpScript.Core.Tests.CallLog;

/// <summary>A folder for logs, which does not exist yet; deleted after the test.</summary>
sealed class LogFolder : IDisposable
{
    readonly string _top = Directory.CreateTempSubdirectory("mcpscript-logs-").FullName;

    public string Path => System.IO.Path.Combine(_top, "logs");

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The names of what is in it, locks aside.</summary>
    public IEnumerable<string> Names =>
        Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order();

    public void Write(string name, string text, DateTime? lastWritten = null)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(this[name], text);
        if (lastWritten is { } time)
            File.SetLastWriteTime(this[name], time);
    }

    public string Text(string name = "tool_calls.jsonl") => File.ReadAllText(this[name]);

    /// <summary>The lines of a log, each of which must be whole.</summary>
    public JsonElement[] Entries(string name = "tool_calls.jsonl")
    {
        var text = Text(name);
        Assert.EndsWith("\n", text);
        return [.. text[..^1].Split('\n').Select(line => JsonElement.Parse(line))];
    }

    public string Unpacked(string name)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(this[name]), CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    public void Dispose() => Directory.Delete(_top, recursive: true);
}
