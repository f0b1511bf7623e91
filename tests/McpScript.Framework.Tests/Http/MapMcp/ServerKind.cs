namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>Implementation of Streamable HTTP that a test runs against.</summary>
public enum ServerKind
{
    /// <summary>McpScript.Http.</summary>
    Ours,

    /// <summary>ModelContextProtocol.AspNetCore, as a plain server that serves both eras.</summary>
    MapMcp,
}
