using System.Collections.Concurrent;

namespace McpScript.Http.Endpoint;

/// <summary>The MCP endpoints of one server. Thread-safe.</summary>
sealed class MappedEndpoints
{
    readonly ConcurrentBag<McpEndpoint> _endpoints = [];

    /// <summary>Number of open sessions at all of them.</summary>
    public int SessionCount => _endpoints.Sum(endpoint => endpoint.Sessions.Count);

    /// <summary>Adds an endpoint.</summary>
    public void Add(McpEndpoint endpoint) => _endpoints.Add(endpoint);
}
