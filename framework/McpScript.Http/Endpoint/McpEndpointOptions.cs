using McpScript.Http.Guard;
using McpScript.Http.Sessions;
using McpScript.Http.Streams;
using McpScript.Protocol;

namespace McpScript.Http.Endpoint;

/// <summary>What one MCP endpoint serves, and how much it lets its clients use.</summary>
sealed record McpEndpointOptions
{
    /// <summary>Makes the server of each session and of each stateless request.</summary>
    public required IServerFactory Servers { get; init; }

    /// <summary>The route.</summary>
    public string Pattern { get; init; } = "/mcp";

    /// <summary>Who may ask: the Host and Origin allow-lists.</summary>
    public HostAndOriginOptions Access { get; init; } = new();

    /// <summary>The sessions' limits.</summary>
    public SessionLimits Sessions { get; init; } = new();

    /// <summary>The limits of what is kept for clients that resume a broken stream; null keeps nothing, so that no stream can be resumed.</summary>
    public EventStreamLimits? EventStreams { get; init; } = new();

    /// <summary>The largest request body, in bytes.</summary>
    public int MaxRequestBody { get; init; } = 4 * 1024 * 1024;

    /// <summary>How deep a request's JSON may nest.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>After so much silence an open stream gets a comment, so that nobody on the way takes its connection for a dead one.</summary>
    public TimeSpan KeepAlive { get; init; } = Streams.KeepAlive.Default;

    /// <summary>How long running calls may take to finish when the application stops.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
