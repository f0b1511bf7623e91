namespace McpScript.Hosting;

/// <summary>A running proxy, as its run file tells.</summary>
sealed record RunningProxy
{
    /// <summary>Its process.</summary>
    public required int Pid { get; init; }

    /// <summary>When the process began, which tells it from a later one with the same id.</summary>
    public required DateTimeOffset ProcessStartedAt { get; init; }

    /// <summary>When it was ready.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where its management API listens on this machine.</summary>
    public required int ManagementPort { get; init; }

    /// <summary>The token that a random one was asked for with <c>management_token: auto</c>; null otherwise.</summary>
    public string? ManagementToken { get; init; }

    /// <summary><c>stdio</c> or <c>http</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>The MCP port; null over stdio.</summary>
    public int? Port { get; init; }

    /// <summary>The health port; null if it is off.</summary>
    public int? HealthPort { get; init; }

    /// <summary>The folder that it was started in.</summary>
    public required string Folder { get; init; }

    /// <summary>Its plugin folders.</summary>
    public required IReadOnlyList<string> PluginDirs { get; init; }

    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => $"pid {Pid}, management port {ManagementPort}, {Folder}";
}
