using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>One HTTP request to the MCP endpoint, with the headers that route it.</summary>
sealed class McpHttpRequest(HttpContext context)
{
    /// <summary>The HTTP request and response.</summary>
    public HttpContext Context { get; } = context;

    /// <summary>The request's headers.</summary>
    public IHeaderDictionary Headers => Context.Request.Headers;

    /// <summary>The declared protocol revision; empty if none is declared.</summary>
    public string Version { get; private set; } = context.Request.Headers[McpHeaders.ProtocolVersion].ToString();

    /// <summary>The session id; empty if the header is missing.</summary>
    public string SessionId { get; } = context.Request.Headers[McpHeaders.SessionId].ToString();

    /// <summary>True if the request is stateless, by its revision.</summary>
    public bool IsStateless => HttpProtocolVersions.IsStateless(Version);

    /// <summary>The JSON-RPC id of the request; set once the body has been parsed.</summary>
    public RequestId Id { get; set; }

    /// <summary>Fires when the client disconnects.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>Treats the declared revision as missing: for a client that initializes with a revision newer than the supported ones.</summary>
    public void IgnoreVersion() => Version = "";

    /// <summary>Answers with a rejection.</summary>
    public Task RejectAsync(Rejection rejection) => rejection.WriteAsync(Context, Id);
}
