using ModelContextProtocol.Protocol;

namespace McpScript.Protocol;

/// <summary>Name, instructions and page size of the server.</summary>
sealed record ServingOptions
{
    /// <summary>Name and version that clients receive.</summary>
    public Implementation ServerInfo { get; init; } = new() { Name = "MCP Server", Version = "0.1.0" };

    /// <summary>Instructions for clients, sent at initialize and discover; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>The largest number of items in one page of a list, from 1. Default: 1,000.</summary>
    public int PageSize { get; init; } = 1000;
}
