namespace McpScript.Configuration;

/// <summary>Transport between clients and the server.</summary>
public enum Transport
{
    /// <summary>The client starts the program and communicates over its standard input and output.</summary>
    Stdio,

    /// <summary>Streamable HTTP.</summary>
    Http,
}
