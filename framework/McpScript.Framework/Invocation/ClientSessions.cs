using System.Runtime.CompilerServices;
using McpScript.Loading;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>Knows which client a request belongs to.</summary>
/// <remarks>A request carries a wrapper of its server, and that the options of the server: options made for one session alone tell it from the others.</remarks>
sealed class ClientSessions
{
    readonly ConditionalWeakTable<McpServerOptions, ClientSession> _sessions = [];

    /// <summary>A session whose server is made with these options, and no other is.</summary>
    public ClientSession Begin(McpServerOptions options)
    {
        var session = new ClientSession();
        _sessions.Add(options, session);
        return session;
    }

    /// <summary>The session of a server; null if it serves one request only.</summary>
    public ClientSession? Of(McpServer server) => _sessions.TryGetValue(server.ServerOptions, out var session) ? session : null;

    /// <summary>Whose state a request sees: its session's, else its caller's; null for an anonymous request without a session.</summary>
    public object? OwnerOf(MessageContext request) => (object?)Of(request.Server) ?? PrincipalName.Of(request.User);
}
