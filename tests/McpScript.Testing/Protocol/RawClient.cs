using System.Text.Json.Nodes;
using McpScript.Testing.Processes;
using ModelContextProtocol.Protocol;

namespace McpScript.Testing.Protocol;

/// <summary>A client without an SDK: receives every message in the order in which it was sent, and sends any message at any time.</summary>
public abstract class RawClient(string revision) : IAsyncDisposable
{
    int _requests;

    /// <summary>Protocol revision.</summary>
    protected string Revision => revision;

    /// <summary>True if the revision has sessions.</summary>
    protected bool HasSession => revision != Era.Stateless;

    /// <summary>Sends a request; returns the messages up to its response, which is the last.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="id">Id of the request; null to generate one.</param>
    public IAsyncEnumerable<JsonObject> RequestAsync(string method, JsonObject parameters, string? id = null)
    {
        if (!HasSession)
            AddMeta(parameters);
        return SendAsync(new() { ["jsonrpc"] = "2.0", ["id"] = id ?? $"request {++_requests}", ["method"] = method, ["params"] = parameters });
    }

    /// <summary>Sends a request with any params; returns the messages up to its response, which is the last.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its params.</param>
    /// <param name="change">Changes the metadata of a request without a session.</param>
    public IAsyncEnumerable<JsonObject> RequestRawAsync(string method, JsonNode parameters, Action<JsonObject>? change = null)
    {
        if (!HasSession && parameters is JsonObject members && members["_meta"] is null or JsonObject)
        {
            AddMeta(members);
            change?.Invoke(members["_meta"]!.AsObject());
        }
        return SendAsync(new() { ["jsonrpc"] = "2.0", ["id"] = $"request {++_requests}", ["method"] = method, ["params"] = parameters });
    }

    /// <summary>Calls a tool without arguments; returns the messages up to the response, which is the last.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="meta">Metadata of the request (<c>_meta</c>); null for none.</param>
    /// <param name="id">Id of the request; null to generate one.</param>
    public IAsyncEnumerable<JsonObject> CallAsync(string tool, JsonObject? meta = null, string? id = null) =>
        RequestAsync(RequestMethods.ToolsCall, new() { ["name"] = tool, ["arguments"] = new JsonObject(), ["_meta"] = meta ?? [] }, id);

    /// <summary>Reads the text of a resource.</summary>
    public async Task<string> ReadAsync(string uri)
    {
        var answer = await RequestAsync(RequestMethods.ResourcesRead, new() { ["uri"] = uri }).LastAsync();
        return (string)answer["result"]!["contents"]![0]!["text"]!;
    }

    /// <summary>Sends a notification.</summary>
    public async Task NotifyAsync(string method, JsonObject? parameters = null)
    {
        await foreach (var message in SendAsync(new() { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters ?? [] }))
            throw new InvalidOperationException($"A notification was answered: {message.ToJsonString()}");
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Opens a session if the revision has sessions.</summary>
    protected async Task OpenAsync()
    {
        if (!HasSession)
            return;
        await RequestAsync(RequestMethods.Initialize, new()
        {
            ["protocolVersion"] = revision, ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "raw", ["version"] = "1" },
        }).LastAsync();
        await NotifyAsync(NotificationMethods.InitializedNotification);
    }

    /// <summary>Sends a message; for a request, returns the messages up to its response.</summary>
    protected abstract IAsyncEnumerable<JsonObject> SendAsync(JsonObject message);

    void AddMeta(JsonObject parameters)
    {
        var meta = (parameters["_meta"] ??= new JsonObject()).AsObject();
        meta["io.modelcontextprotocol/protocolVersion"] = revision;
        meta["io.modelcontextprotocol/clientCapabilities"] = new JsonObject();
    }
}
