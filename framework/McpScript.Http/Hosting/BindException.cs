namespace McpScript.Http.Hosting;

/// <summary>The exception when a listener cannot bind its address.</summary>
public class BindException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Creates the exception for an address.</summary>
    public BindException(string name, string host, int port, Exception inner)
        : this($"The {name} server cannot listen on {host}:{port}: {inner.Message} Set 'host' to an address of this machine, such as 127.0.0.1.", inner)
    {
    }
}
