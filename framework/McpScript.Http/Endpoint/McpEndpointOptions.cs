using McpScript.Http.Guard;
using McpScript.Http.Sessions;
using McpScript.Http.Streams;
using McpScript.Protocol;

namespace McpScript.Http.Endpoint;

/// <summary>Services and limits of one MCP endpoint.</summary>
sealed record McpEndpointOptions
{
    /// <summary>Creates the server of each session and of each stateless request.</summary>
    public required IServerFactory Servers { get; init; }

    /// <summary>The route.</summary>
    public string Pattern { get; init; } = "/mcp";

    /// <summary>The Host and Origin allow-lists.</summary>
    public HostAndOriginOptions Access { get; init; } = new();

    /// <summary>The limits of the sessions.</summary>
    public SessionLimits Sessions { get; init; } = new();

    /// <summary>The limits of the event store for clients that resume a broken stream; null for no store, so that no stream can be resumed.</summary>
    public EventStreamLimits? EventStreams { get; init; } = new();

    /// <summary>The largest request body, in bytes. Default: 4 MiB.</summary>
    public int MaxRequestBody { get; init; } = 4 * 1024 * 1024;

    /// <summary>The greatest nesting depth of a request's JSON. Default: 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The silence after which an open stream gets a comment, so that no proxy closes its connection as idle.</summary>
    public TimeSpan KeepAlive { get; init; } = Streams.KeepAlive.Default;

    /// <summary>Timeout of running calls when the application stops. Default: 10 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
