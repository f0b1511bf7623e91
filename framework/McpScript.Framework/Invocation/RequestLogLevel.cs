using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>The server that a handler sees when its request says which log messages it wants (2026-07-28: <c>_meta/io.modelcontextprotocol/logLevel</c>); the SDK knows only a session's level.</summary>
sealed class RequestLogLevel(McpServer inner, LoggingLevel level) : ServerView(inner)
{
    /// <inheritdoc/>
    [Obsolete("Deprecated by 2026-07-28; clients still send it.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => level;

    /// <summary>Lets the handlers further in see the level, if the request has one.</summary>
    public static void Apply(MessageContext request)
    {
        if ((request.JsonRpcMessage as JsonRpcRequest)?.Context?.LogLevel is { } level)
            request.Server = new RequestLogLevel(request.Server, level);
    }
}
