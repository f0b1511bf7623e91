using System.Text.Json.Serialization;
using McpScript.Http.Requests;
using McpScript.Management;

namespace McpScript.Http.Health;

/// <summary>Body of <c>/health/detailed</c>.</summary>
sealed class HealthBody(ProxyOperations operations, RequestMonitor requests, int sessions, IReadOnlyList<string>? degraded)
{
    public string Status => "ok";
    public double UptimeSeconds { get; } = operations.Uptime.TotalSeconds;
    public DateTimeOffset StartedAt { get; } = operations.StartedAt.ToUniversalTime();
    public long Connections { get; } = requests.Connections;
    public int Sessions => sessions;
    public long Requests { get; } = requests.Requests;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? LastRequest { get; } = requests.LastRequest;

    public long Errors { get; } = requests.Errors;

    /// <summary>The reasons why the server is degraded; omitted if it is not.</summary>
    public IReadOnlyList<string>? Degraded => degraded;
}
