using ModelContextProtocol.Protocol;

namespace McpScript.Protocol;

/// <summary>How the server presents itself.</summary>
sealed record ServingOptions
{
    /// <summary>Name and version told to clients.</summary>
    public Implementation ServerInfo { get; init; } = new() { Name = "MCP Server", Version = "0.1.0" };

    /// <summary>Told to clients at initialize and discover; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>The most that one page of a list holds, from 1 up. Default 1,000.</summary>
    public int PageSize { get; init; } = 1000;
}
