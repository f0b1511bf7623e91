namespace McpScript.Unloading;

/// <summary>How long a generation that is no longer served may live on.</summary>
public sealed record RetirementOptions
{
    /// <summary>How long running calls may go on after a reload; null, the default, for as long as they take.</summary>
    public TimeSpan? ReloadDrain { get; init; }

    /// <summary>How long running calls may go on after an unload. Default 30 s.</summary>
    public TimeSpan UnloadDrain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long calls may take to notice that they are cancelled. Default 5 s.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an unloaded context may stay in memory before it is called lingering. Default 10 s.</summary>
    public TimeSpan CollectGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a shutdown may take in all: calls, clean-up and connections. Default 10 s.</summary>
    public TimeSpan Shutdown { get; init; } = TimeSpan.FromSeconds(10);
}
