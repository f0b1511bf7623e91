using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>One HTTP request at the MCP endpoint, with the headers that decide where it goes.</summary>
sealed class McpHttpRequest(HttpContext context)
{
    /// <summary>The HTTP request and response.</summary>
    public HttpContext Context { get; } = context;

    /// <summary>The request's headers.</summary>
    public IHeaderDictionary Headers => Context.Request.Headers;

    /// <summary>The declared protocol revision; empty when none is.</summary>
    public string Version { get; private set; } = context.Request.Headers[McpHeaders.ProtocolVersion].ToString();

    /// <summary>The session's id; empty when there is none.</summary>
    public string SessionId { get; } = context.Request.Headers[McpHeaders.SessionId].ToString();

    /// <summary>Whether the request stands alone, by its revision.</summary>
    public bool IsStateless => HttpProtocolVersions.IsStateless(Version);

    /// <summary>The JSON-RPC id to answer to, as soon as it is known.</summary>
    public RequestId Id { get; set; }

    /// <summary>Fires when the client has gone.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>Takes the declared revision for not declared: of a client that initializes with a revision to come.</summary>
    public void IgnoreVersion() => Version = "";

    /// <summary>Answers with a rejection.</summary>
    public Task RejectAsync(Rejection rejection) => rejection.WriteAsync(Context, Id);
}
