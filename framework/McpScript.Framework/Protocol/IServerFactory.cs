using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>The side of the machine that a transport connects to: one MCP server for each session or stateless request, all over the same catalog.</summary>
public interface IServerFactory
{
    /// <summary>Makes the server of one session, or of one request on a stateless transport.</summary>
    McpServer Create(ITransport transport, IServiceProvider? services = null);

    /// <summary>Runs a server until its transport ends or the token fires; while it runs, its client hears of list changes and resource updates.</summary>
    Task RunAsync(McpServer server, CancellationToken cancellationToken);

    /// <summary>
    /// Called when the client of a session over HTTP has opened the stream for messages that no request asked for; changes that it has missed are announced
    /// now.
    /// </summary>
    /// <param name="server">The session's server.</param>
    /// <param name="resumed">Whether the client reads on where its last stream broke, so that it gets all that was sent since.</param>
    void Listening(McpServer server, bool resumed)
    {
    }

    /// <summary>Called when that stream has ended and no other has taken its place; changes are kept until the next one.</summary>
    void StoppedListening(McpServer server)
    {
    }
}
