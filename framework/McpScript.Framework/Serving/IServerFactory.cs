using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Serving;

/// <summary>The side of the machine that a transport connects to: one MCP server for each session or stateless request, all over the same catalog.</summary>
public interface IServerFactory
{
    /// <summary>Makes the server of one session, or of one request on a stateless transport.</summary>
    McpServer Create(ITransport transport, IServiceProvider? services = null);

    /// <summary>Runs a server until its transport ends or the token fires; while it runs, its client hears of list changes and resource updates.</summary>
    Task RunAsync(McpServer server, CancellationToken cancellationToken);

    /// <summary>The client of a session over HTTP has opened the stream on which it hears what no request asked for; what it has missed is told now.</summary>
    void Listening(McpServer server)
    {
    }
}
