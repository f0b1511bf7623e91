namespace McpScript.FileSystem;

/// <summary>How eagerly the disk is watched.</summary>
sealed record FileWatcherOptions
{
    /// <summary>The variable with which dotnet-watch and ASP.NET ask for polling too. <see cref="FileSystemWatcher"/> itself does not know it.</summary>
    public const string PollingVariable = "DOTNET_USE_POLLING_FILE_WATCHER";

    /// <summary>Look for changes by comparing stats, even where the system offers events.</summary>
    public bool AlwaysPoll { get; init; }

    /// <summary>How often polled directories are compared, and every watched directory is checked to be still the same one.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How often a hint is given without any sign of a change; zero for never. Bind mounts into virtual machines, NFS and FUSE take changes from
    /// the other side without an event, and nothing tells us so; a rescan that finds nothing costs one stat for each file.
    /// </summary>
    public TimeSpan RescanInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two hints, so that a log file that is being written in a plugin folder does not keep a core busy.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How many directories may use the system's events; the others are polled. Each takes one inotify instance up to .NET 10, and a user has 128 of them
    /// for all programs together. Plugin folders come first, so only scattered <c>#load</c>ed files, each of them one stat, ever get past this.
    /// </summary>
    public int MaxWatchers { get; init; } = 32;

    /// <summary>Whether the value of <see cref="PollingVariable"/> asks for polling.</summary>
    public static bool AsksForPolling(string? value) => value is not null && (value.Trim() == "1" || value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));
}
