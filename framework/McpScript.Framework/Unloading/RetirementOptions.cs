namespace McpScript.Unloading;

/// <summary>Times for the retirement of generations that are no longer served.</summary>
public sealed record RetirementOptions
{
    /// <summary>Time for running calls after a reload; null, the default, for no limit.</summary>
    public TimeSpan? ReloadDrain { get; init; }

    /// <summary>Time for running calls after an unload. Default: 30 seconds.</summary>
    public TimeSpan UnloadDrain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for cancelled calls and for each cleanup step of a plugin. Default: 5 seconds.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which an unloaded context that is still in memory is reported as lingering. Default: 10 seconds.</summary>
    public TimeSpan CollectGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a shutdown in all: calls, cleanup and connections. Default: 10 seconds.</summary>
    public TimeSpan Shutdown { get; init; } = TimeSpan.FromSeconds(10);
}
