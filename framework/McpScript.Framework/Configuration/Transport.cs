namespace McpScript.Configuration;

/// <summary>How clients reach the server.</summary>
public enum Transport
{
    /// <summary>The client starts the program and speaks with it over its standard input and output.</summary>
    Stdio,

    /// <summary>Streamable HTTP.</summary>
    Http,
}
