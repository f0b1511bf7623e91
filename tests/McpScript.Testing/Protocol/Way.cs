namespace McpScript.Testing.Protocol;

/// <summary>Transport and protocol era between a client and a server.</summary>
public enum Way
{
    /// <summary>A pair of pipes, as over stdio, with initialize and a session.</summary>
    PipesInSession,

    /// <summary>A pair of pipes, as over stdio, without initialize.</summary>
    PipesStateless,

    /// <summary>Streamable HTTP with sessions.</summary>
    HttpInSession,

    /// <summary>Streamable HTTP, each request by itself.</summary>
    HttpStateless,
}
