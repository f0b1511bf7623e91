using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>Creates the MCP servers for transports: one for each session or stateless request, all with the same catalog. Thread-safe.</summary>
public interface IServerFactory
{
    /// <summary>Creates the server of one session, or of one request on a stateless transport.</summary>
    McpServer Create(ITransport transport, IServiceProvider? services = null);

    /// <summary>
    /// Runs the server of a session until its transport ends or the token fires. While it runs, its client receives list changes and resource updates. The
    /// server of a stateless request, whose client receives none, may run itself.
    /// </summary>
    Task RunAsync(McpServer server, CancellationToken cancellationToken);

    /// <summary>
    /// Called when the client of an HTTP session has opened the stream for unsolicited messages; sends the changes that the client has missed.
    /// </summary>
    /// <param name="server">The session's server.</param>
    /// <param name="resumed">True if the client resumes its last stream, so that it gets all messages that were sent since.</param>
    void Listening(McpServer server, bool resumed)
    {
    }

    /// <summary>Called when that stream has ended and no other has replaced it; changes are kept until the next stream.</summary>
    void StoppedListening(McpServer server)
    {
    }
}
