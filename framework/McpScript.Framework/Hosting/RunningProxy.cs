namespace McpScript.Hosting;

/// <summary>A running proxy, as described by its run file.</summary>
sealed record RunningProxy
{
    /// <summary>The process id.</summary>
    public required int Pid { get; init; }

    /// <summary>Start time of the process, which distinguishes it from a later process with the same id.</summary>
    public required DateTimeOffset ProcessStartedAt { get; init; }

    /// <summary>Time when it was ready.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The port of its management API on this machine.</summary>
    public required int ManagementPort { get; init; }

    /// <summary>The random token if <c>management_token: auto</c> is configured; null otherwise.</summary>
    public string? ManagementToken { get; init; }

    /// <summary><c>stdio</c> or <c>http</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>The MCP port; null over stdio.</summary>
    public int? Port { get; init; }

    /// <summary>The health port; null for none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>The working directory at its start.</summary>
    public required string Folder { get; init; }

    /// <summary>Its plugin folders.</summary>
    public required IReadOnlyList<string> PluginDirs { get; init; }

    /// <summary>Omits the token.</summary>
    public override string ToString() => $"pid {Pid}, management port {ManagementPort}, {Folder}";
}
