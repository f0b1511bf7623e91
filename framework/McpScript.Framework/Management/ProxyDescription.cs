namespace McpScript.Management;

/// <summary>Facts about a proxy's configuration, for the status texts.</summary>
sealed record ProxyDescription
{
    /// <summary>The server's name.</summary>
    public required string Server { get; init; }

    /// <summary><c>stdio</c> or <c>http</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>The MCP port; null over stdio.</summary>
    public int? Port { get; private set; }

    /// <summary>The health port; null if it is off.</summary>
    public int? HealthPort { get; private set; }

    /// <summary>Notes the ports that were opened.</summary>
    public void ListensAt(int? port, int? healthPort) => (Port, HealthPort) = (port, healthPort);

    /// <summary>True if <c>proxy__run</c> is offered.</summary>
    public bool DynamicDispatch { get; init; }
}
