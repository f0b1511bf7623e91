using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>A server to connect to.</summary>
abstract record ServerTarget
{
    /// <summary>Advice for the user if the server cannot be reached.</summary>
    public abstract string Cure { get; }

    /// <summary>Creates a transport to the server.</summary>
    /// <param name="stderrLine">Receives lines that the server's process writes to stderr; not called over HTTP.</param>
    public abstract IClientTransport Open(Action<string> stderrLine);
}
