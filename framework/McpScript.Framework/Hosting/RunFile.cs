using System.Diagnostics;
using System.Text.Json;
using McpScript.FileSystem;

namespace McpScript.Hosting;

/// <summary>What a running proxy leaves on disk, readable by its user only, so that the command line finds it: <c>~/.mcp_proxy/run/PID.json</c>.</summary>
/// <remarks>
/// A service of systemd leaves a second one in its runtime folder (<c>RuntimeDirectory=mcp-proxy</c>, so <c>/run/mcp-proxy</c>): the home of its user is
/// closed to operators.
/// </remarks>
sealed class RunFile : IDisposable
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The variable in which systemd names the runtime folder of a service.</summary>
    const string RuntimeFolder = "RUNTIME_DIRECTORY";

    readonly string[] _paths;

    RunFile(params string[] paths) => _paths = paths;

    /// <summary>Leaves a file for this process; gone when disposed.</summary>
    /// <param name="home">The user's folder.</param>
    /// <param name="proxy">What it says.</param>
    public static RunFile Write(string home, RunningProxy proxy)
    {
        string[] paths = [.. new[] { FolderIn(home), OwnRuntimeFolder() }.OfType<string>().Select(folder => Path.Combine(folder, $"{proxy.Pid}.json"))];
        foreach (var path in paths)
            PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(proxy, Json));
        return new(paths);
    }

    /// <summary>The process ids of services whose run files this user may not read.</summary>
    public static IReadOnlyList<int> FindClosed()
    {
        var folder = ServiceFolder();
        if (!Directory.Exists(folder))
            return [];
        return [.. Files(folder).Where(IsClosed).Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path), out var pid) ? pid : 0).Where(IsThere)];
    }

    /// <summary>The proxies that are running; files of those that ended without cleaning up are removed.</summary>
    public static IReadOnlyList<RunningProxy> Find(string home)
    {
        var files = new[] { FolderIn(home), ServiceFolder() }.Distinct().Where(Directory.Exists).SelectMany(Files);
        return [.. files.Select(Read).OfType<RunningProxy>().DistinctBy(proxy => proxy.Pid).OrderBy(proxy => proxy.StartedAt)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var path in _paths)
            File.Delete(path);
    }

    static string FolderIn(string home) => Path.Combine(home, ".mcp_proxy", "run");

    // systemd may name several, separated by colons; the first one is ours.
    static string? OwnRuntimeFolder() => Environment.GetEnvironmentVariable(RuntimeFolder)?.Split(':')[0] is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? folder : null;

    // Where the unit that comes with the program leaves it. The command line has the variable only where a test gives it.
    static string ServiceFolder() => OwnRuntimeFolder() ?? "/run/mcp-proxy";

    static IReadOnlyList<string> Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or closed as a whole.
            return [];
        }
    }

    static bool IsClosed(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            // Gone meanwhile.
            return false;
        }
    }

    static bool IsThere(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    static RunningProxy? Read(string path)
    {
        try
        {
            var proxy = JsonSerializer.Deserialize<RunningProxy>(RegularFile.ReadAllBytes(path), Json);
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
