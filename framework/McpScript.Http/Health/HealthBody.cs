using System.Text.Json.Serialization;
using McpScript.Management;

namespace McpScript.Http.Health;

/// <summary>Body of <c>/health/detailed</c>.</summary>
sealed class HealthBody(ProxyOperations operations, TrafficCounters traffic, int sessions, IReadOnlyList<string>? degraded)
{
    public string Status => "ok";
    public double UptimeSeconds { get; } = operations.Uptime.TotalSeconds;
    public DateTimeOffset StartedAt { get; } = operations.StartedAt.ToUniversalTime();
    public long Connections { get; } = traffic.Connections;
    public int Sessions => sessions;
    public long Requests { get; } = traffic.Requests;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? LastRequest { get; } = traffic.LastRequest;

    public long Errors { get; } = traffic.Errors;

    /// <summary>The reasons why the server is degraded; omitted if it is not.</summary>
    public IReadOnlyList<string>? Degraded => degraded;
}
