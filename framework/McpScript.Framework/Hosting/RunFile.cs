using System.Diagnostics;
using System.Text.Json;
using McpScript.FileSystem;

namespace McpScript.Hosting;

/// <summary>File by which the command line finds a running proxy, readable by its user only: <c>~/.mcp_proxy/run/PID.json</c>.</summary>
/// <remarks>
/// A systemd service writes a second file to its runtime folder (<c>RuntimeDirectory=mcp-proxy</c>, so <c>/run/mcp-proxy</c>), because operators cannot
/// read the home folder of its user.
/// </remarks>
sealed class RunFile : IDisposable
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The variable with the runtime folder of a systemd service.</summary>
    const string RuntimeFolder = "RUNTIME_DIRECTORY";

    readonly string[] _paths;

    RunFile(params string[] paths) => _paths = paths;

    /// <summary>Writes a file for this process; it is deleted at disposal.</summary>
    /// <param name="home">The user's home folder.</param>
    /// <param name="proxy">The content.</param>
    public static RunFile Write(string home, RunningProxy proxy)
    {
        string[] paths = [.. new[] { FolderIn(home), OwnRuntimeFolder() }.OfType<string>().Select(folder => Path.Combine(folder, $"{proxy.Pid}.json"))];
        foreach (var path in paths)
            PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(proxy, Json));
        return new(paths);
    }

    /// <summary>Returns the process ids of services whose run files this user cannot read.</summary>
    public static IReadOnlyList<int> FindClosed()
    {
        var folder = ServiceFolder();
        if (!Directory.Exists(folder))
            return [];
        return
        [
            .. Files(folder).Where(IsClosed)
                .Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path), out var pid) ? pid : 0).Where(IsThere),
        ];
    }

    /// <summary>Returns the running proxies; deletes the files of processes that ended without cleanup.</summary>
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

    // systemd may list several folders, separated by colons; the first one is used.
    static string? OwnRuntimeFolder() =>
        Environment.GetEnvironmentVariable(RuntimeFolder)?.Split(':')[0] is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? folder : null;

    // The folder of the systemd unit that comes with the program. The command line has the variable in tests only.
    static string ServiceFolder() => OwnRuntimeFolder() ?? "/run/mcp-proxy";

    static IReadOnlyList<string> Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted in the meantime, or not readable.
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
            // Deleted in the meantime.
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
            // Being written or deleted right now, or owned by another user: not a proxy to connect to.
        }
        return null;
    }

    // Process ids are reused: the process must have started at the time in the file.
    static bool IsRunning(RunningProxy proxy)
    {
        try
        {
            using var process = Process.GetProcessById(proxy.Pid);
            return Math.Abs((process.StartTime.ToUniversalTime() - proxy.ProcessStartedAt.UtcDateTime).TotalSeconds) < 5;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // No such process, or it ended during the check.
            return false;
        }
    }
}
