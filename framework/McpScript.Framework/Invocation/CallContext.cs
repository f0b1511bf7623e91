using System.Text.Json;
using McpScript.CallLog;
using McpScript.Catalogs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>
/// State of one tool call in the pipeline: created by <see cref="CallPipeline"/>, read and completed by its filters. Used by one request at a time.
/// </summary>
sealed class CallContext : InvocationContext
{
    const string ItemKey = "McpScript.CallContext";

    readonly CurrentCatalog? _served;
    CatalogItem<McpServerTool>? _item;
    bool _isLookedUp;

    /// <param name="request">The call.</param>
    /// <param name="handler">Runs the tool; called after the last filter.</param>
    /// <param name="served">Catalog of the tools; null for a server of the MCP SDK.</param>
    /// <param name="isOnlyClient">True for a server of the MCP SDK that no other client can reach.</param>
    public CallContext(
        RequestContext<CallToolRequestParams> request, McpRequestHandler<CallToolRequestParams, CallToolResult> handler, CurrentCatalog? served = null,
        bool isOnlyClient = false)
        : base(request)
    {
        (Request, Handler, _served, IsOnlyClient) = (request, handler, served, isOnlyClient || Session is { IsOnlyClient: true });
        request.Items[ItemKey] = this;
    }

    /// <summary>The call as the SDK passes it to handlers.</summary>
    public RequestContext<CallToolRequestParams> Request { get; }

    /// <summary>Runs the tool; called after the last filter.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Handler { get; }

    /// <summary>True if no other client can reach the server, as over stdio.</summary>
    public bool IsOnlyClient { get; }

    /// <summary>Name of the tool; empty if the request names none.</summary>
    public string Tool => Request.Params?.Name ?? "";

    /// <summary>Arguments by name; null if the request has none.</summary>
    public IDictionary<string, JsonElement>? Arguments => Request.Params?.Arguments;

    /// <summary>Name of the tool that made the call, such as <c>proxy__run</c>; null for a direct call.</summary>
    public string? Via { get; private set; }

    /// <summary>The tool as first found in the catalog; null if it does not exist. <see cref="FindAgain"/> searches it again.</summary>
    public CatalogItem<McpServerTool>? Item => _isLookedUp ? _item : FindAgain();

    /// <summary>Returns the context of a call, for handlers that only get its request; null outside of the pipeline.</summary>
    // Not request.Items: reading it creates a dictionary.
    public static CallContext? Of(MessageContext request) =>
        request.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(ItemKey, out var item) ? item as CallContext : null;

    /// <summary>Finds the tool in the current catalog.</summary>
    public CatalogItem<McpServerTool>? FindAgain()
    {
        _isLookedUp = true;
        return _item = _served is not null && _served.Catalog.Tools.TryGet(Tool, out var item) ? item : null;
    }

    /// <summary>Changes the call to one of another tool.</summary>
    /// <param name="tool">Name of the tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="via">Name of the tool that the client called.</param>
    public void Redirect(string tool, IDictionary<string, JsonElement>? arguments, string via)
    {
        Replace(tool, arguments);
        Request.MatchedPrimitive = null;
        (Via, _isLookedUp) = (via, false);
        Record?.StandFor(Request.Params);
    }

    /// <summary>Replaces the arguments.</summary>
    public void ReplaceArguments(IDictionary<string, JsonElement> arguments) => Replace(Tool, arguments);

    /// <summary>Sets the kind of failure for the call log if the result alone does not show it.</summary>
    public void Mark(CallErrorKind failure) => Record?.Failure = failure;

    /// <summary>Returns an error result with a text for the model.</summary>
    /// <param name="kind">Classification for the call log.</param>
    /// <param name="text">The problem, its reason, and what to do.</param>
    public CallToolResult Fail(CallErrorKind kind, string text)
    {
        Mark(kind);
        return new() { IsError = true, Content = [new TextContentBlock { Text = text }] };
    }

    /// <summary>Returns the result of a refused call: <c>Rejected: REASON</c>.</summary>
    public CallToolResult Reject(string reason) => Fail(CallErrorKind.Refused, $"Rejected: {reason}");

    void Replace(string tool, IDictionary<string, JsonElement>? arguments)
    {
        var original = Request.Params;
        Request.Params = new()
        {
            Name = tool, Arguments = arguments, Meta = original?.Meta, InputResponses = original?.InputResponses, RequestState = original?.RequestState,
        };
    }
}
