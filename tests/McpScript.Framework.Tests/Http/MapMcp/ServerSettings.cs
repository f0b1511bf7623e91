using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>Settings of a server under test; where the two differ, MapMcp gets the setting that comes nearest.</summary>
sealed record ServerSettings
{
    /// <summary>Clock of the server.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Largest number of sessions. MapMcp can limit idle ones only.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>Interval at which the event store of MapMcp is read by resumed streams. Ours has none: it notifies them.</summary>
    public TimeSpan StoreInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tools that each server is given when it is created, in place of the shared ones.</summary>
    public McpServerPrimitiveCollection<McpServerTool>? OwnTools { get; init; }
}
