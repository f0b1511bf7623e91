namespace McpScript.FileSystem;

/// <summary>Intervals and limits of watching the disk.</summary>
sealed record FileWatcherOptions
{
    /// <summary>Environment variable that also makes dotnet-watch and ASP.NET poll. <see cref="FileSystemWatcher"/> itself ignores it.</summary>
    public const string PollingVariable = "DOTNET_USE_POLLING_FILE_WATCHER";

    /// <summary>True to detect changes by comparing stats, even where the system offers events. Default: false.</summary>
    public bool AlwaysPoll { get; init; }

    /// <summary>Interval of comparing polled directories, and of checking that every watched directory is still the same one. Default: 500 ms.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Interval of scans without any sign of a change; zero for none. Default: 10 s. Bind mounts into virtual machines, NFS and FUSE change without an event on
    /// this side, and nothing reports that; a scan that finds nothing costs one stat for each file.
    /// </summary>
    public TimeSpan RescanInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Minimum time between two changes, so that a log file that is written in a plugin folder does not keep a core busy. Default: 20 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Maximum number of directories that use the system's events; the others are polled. Default: 32. Each uses one inotify instance up to .NET 10, and a user
    /// has 128 of them for all programs. Plugin folders come first, so that only scattered <c>#load</c>ed files, each of them one stat, exceed the limit.
    /// </summary>
    public int MaxWatchers { get; init; } = 32;

    /// <summary>True if a value of <see cref="PollingVariable"/> means polling: <c>1</c> or <c>true</c>.</summary>
    public static bool IsPollingRequested(string? value) =>
        value is not null && (value.Trim() == "1" || value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));
}
