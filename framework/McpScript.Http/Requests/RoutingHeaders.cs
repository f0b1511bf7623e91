using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Requests;

/// <summary>Checks that Mcp-Method and Mcp-Name match the body, so that a proxy that routes by them routes the request that is run.</summary>
static class RoutingHeaders
{
    // Characters that RFC 9110 allows in a field value; all others need MCP's base64 encoding.
    static readonly SearchValues<char> Clean = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\t']);

    /// <summary>Returns the first mismatch; null if there is none.</summary>
    public static Rejection? Refuse(IHeaderDictionary headers, JsonRpcMessage message)
    {
        var method = MessageFields.MethodOf(message)!;
        if (!headers.TryGetValue(McpHeaders.Method, out var declared))
            return Rejection.HeaderMismatch($"The {McpHeaders.Method} header is missing.");
        if (declared.ToString().Trim() != method)
            return Rejection.HeaderMismatch($"The {McpHeaders.Method} header says '{declared}', the body says '{method}'.");
        return NameField(method) is { } field ? RefuseName(headers, MessageFields.ParamsOf(message), field) : null;
    }

    /// <summary>Returns the first mismatch for methods of extensions, which define the parameter for Mcp-Name themselves.</summary>
    public static Rejection? RefuseExtension(IHeaderDictionary headers, JsonRpcRequest request, IList<McpServerRequestHandler>? extensions)
    {
        foreach (var extension in extensions ?? [])
            if (extension.Method == request.Method)
                return extension.RoutingNameParameter is { } field ? RefuseName(headers, MessageFields.ParamsOf(request), field) : null;
        return null;
    }

    /// <summary>Decodes a header value; null if it is not encoded as the protocol requires.</summary>
    public static string? Decode(string value) => value.AsSpan().ContainsAnyExcept(Clean) ? null : McpHeaderEncoder.DecodeValue(value);

    static string? NameField(string method) => method switch
    {
        RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
        RequestMethods.ResourcesRead => "uri",
        _ => null,
    };

    static Rejection? RefuseName(IHeaderDictionary headers, JsonObject? parameters, string field)
    {
        if (!headers.TryGetValue(McpHeaders.Name, out var declared))
            return Rejection.HeaderMismatch($"The {McpHeaders.Name} header is missing.");
        if (Decode(declared.ToString().Trim()) is not { } name)
            return Rejection.HeaderMismatch($"The {McpHeaders.Name} header must be plain ASCII or =?base64?...?= of UTF-8.");
        return name == MessageFields.Text(parameters, field)
            ? null
            : Rejection.HeaderMismatch($"The {McpHeaders.Name} header and params.{field} differ.");
    }
}
