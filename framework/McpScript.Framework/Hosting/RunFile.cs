using System.Diagnostics;
using System.Text.Json;

namespace McpScript.Hosting;

/// <summary>What a running proxy leaves on disk, readable by its user only, so that the command line finds it: <c>~/.mcp_proxy/run/PID.json</c>.</summary>
public sealed class RunFile : IDisposable
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    readonly string _path;

    RunFile(string path) => _path = path;

    /// <summary>Leaves a file for this process; gone when disposed.</summary>
    /// <param name="home">The user's folder.</param>
    /// <param name="proxy">What it says.</param>
    public static RunFile Write(string home, RunningProxy proxy)
    {
        var path = Path.Combine(FolderIn(home), $"{proxy.Pid}.json");
        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(proxy, Json));
        return new(path);
    }

    /// <summary>The proxies that are running; files of those that ended without cleaning up are removed.</summary>
    public static IReadOnlyList<RunningProxy> Find(string home)
    {
        var folder = FolderIn(home);
        if (!Directory.Exists(folder))
            return [];
        return [.. Directory.EnumerateFiles(folder, "*.json").Select(Read).OfType<RunningProxy>().OrderBy(proxy => proxy.StartedAt)];
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_path);

    static string FolderIn(string home) => Path.Combine(home, ".mcp_proxy", "run");

    static RunningProxy? Read(string path)
    {
        try
        {
            var proxy = JsonSerializer.Deserialize<RunningProxy>(File.ReadAllBytes(path), Json);
            if (proxy is not null && IsRunning(proxy))
                return proxy;
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Being written or removed this very moment, or not ours: not one to talk to.
        }
        return null;
    }

    // Process ids are used again: only one that is as old as the file says is meant.
    static bool IsRunning(RunningProxy proxy)
    {
        try
        {
            using var process = Process.GetProcessById(proxy.Pid);
            return Math.Abs((process.StartTime.ToUniversalTime() - proxy.ProcessStartedAt.UtcDateTime).TotalSeconds) < 5;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // No such process, or gone while we looked.
            return false;
        }
    }
}
