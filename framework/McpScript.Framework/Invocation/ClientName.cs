using System.Text.Json.Nodes;
using McpScript.CallLog;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>Name and version that a client reports, at most 64 characters.</summary>
static class ClientName
{
    // Clients choose both, and stateless clients send them with each request.
    const int Longest = 64;

    const string MetaKey = "io.modelcontextprotocol/clientInfo";

    /// <summary>Returns those of the session, else of the request's own metadata (2026-07-28); null if both are missing.</summary>
    public static string? Of(MessageContext request)
    {
        if (request.Server.ClientInfo is { } info)
            return Text(info.Name, info.Version);
        return request.JsonRpcMessage is JsonRpcRequest { Params: JsonObject parameters }
            && parameters["_meta"] is JsonObject meta && meta[MetaKey] is JsonObject own
            ? Text(TextOf(own["name"]), TextOf(own["version"]))
            : null;
    }

    static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    static string? Text(string? name, string? version) =>
        string.IsNullOrEmpty(name) ? null : Truncation.Beginning(string.IsNullOrEmpty(version) ? name : $"{name} {version}", Longest);
}
