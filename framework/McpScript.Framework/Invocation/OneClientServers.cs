using System.Runtime.CompilerServices;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>The servers of which one client has the only end, as over stdio: known because whoever made them said so, never guessed from what is missing.</summary>
static class OneClientServers
{
    // By their options, which every view of a server shares.
    static readonly ConditionalWeakTable<McpServerOptions, object> Known = [];

    /// <summary>Says so of the servers that are made with these options.</summary>
    public static void Add(McpServerOptions options) => Known.TryAdd(options, Known);

    /// <summary>True if it was said.</summary>
    public static bool Has(McpServer server) => Known.TryGetValue(server.ServerOptions, out _);
}
