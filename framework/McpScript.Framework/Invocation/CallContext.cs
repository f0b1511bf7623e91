using System.Text.Json;
using McpScript.CallLog;
using McpScript.Catalogs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>
/// State of one tool call on its way through the pipeline: created by <see cref="CallPipeline"/>, read and completed by its filters. Used by one request at
/// a time.
/// </summary>
sealed class CallContext : InvocationContext
{
    const string ItemKey = "McpScript.CallContext";

    readonly CurrentCatalog? _served;
    readonly McpRequestHandler<CallToolRequestParams, CallToolResult> _handler;
    CatalogItem<McpServerTool>? _item;
    bool _isLookedUp;

    /// <param name="request">The call.</param>
    /// <param name="handler">Runs the tool; called after the last filter.</param>
    /// <param name="served">Catalog in which tools are looked up; null for a server of the SDK's own.</param>
    /// <param name="isOnlyClient">True for a server of the SDK's own that no other client can reach.</param>
    public CallContext(
        RequestContext<CallToolRequestParams> request, McpRequestHandler<CallToolRequestParams, CallToolResult> handler, CurrentCatalog? served = null,
        bool isOnlyClient = false)
        : base(request)
    {
        (Request, _handler, _served, IsOnlyClient) = (request, handler, served, isOnlyClient || Session is { IsOnlyClient: true });
        request.Items[ItemKey] = this;
    }

    /// <summary>The call as the SDK hands it to handlers.</summary>
    public RequestContext<CallToolRequestParams> Request { get; }

    /// <summary>True if no other client can reach the server, as over stdio.</summary>
    public bool IsOnlyClient { get; }

    /// <summary>Name of the tool; empty if the request names none.</summary>
    public string Tool => Request.Params?.Name ?? "";

    /// <summary>Arguments by name; null if the request has none.</summary>
    public IDictionary<string, JsonElement>? Arguments => Request.Params?.Arguments;

    /// <summary>Tool through which the call came, such as <c>proxy__run</c>; null for a direct call.</summary>
    public string? Via { get; private set; }

    /// <summary>The tool as it was in the catalog when it was first looked up; null if nothing offers it. <see cref="FindAgain"/> looks again.</summary>
    public CatalogItem<McpServerTool>? Item
    {
        get
        {
            if (_isLookedUp)
                return _item;
            return FindAgain();
        }
    }

    /// <summary>Context of a call, for handlers that only get its request; null outside of the pipeline.</summary>
    // Not request.Items: reading it creates a dictionary.
    public static CallContext? Of(MessageContext request) =>
        request.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(ItemKey, out var item) ? item as CallContext : null;

    /// <summary>Looks the tool up in the catalog that is served now.</summary>
    public CatalogItem<McpServerTool>? FindAgain()
    {
        _isLookedUp = true;
        return _item = _served is not null && _served.Catalog.Tools.TryGet(Tool, out var item) ? item : null;
    }

    /// <summary>Makes the call one of another tool.</summary>
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

    /// <summary>Runs the tool itself.</summary>
    public ValueTask<CallToolResult> RunAsync(CancellationToken cancellationToken) => _handler(Request, cancellationToken);

    /// <summary>Sets how the call log classifies the call if the result alone does not show it.</summary>
    public void Mark(CallErrorKind failure) => Record?.Failure = failure;

    /// <summary>An error result with a text that a model can read.</summary>
    /// <param name="kind">Classification for the call log.</param>
    /// <param name="text">What is wrong, why, and what to do.</param>
    public CallToolResult Fail(CallErrorKind kind, string text)
    {
        Mark(kind);
        return new() { IsError = true, Content = [new TextContentBlock { Text = text }] };
    }

    /// <summary>The result of a refused call: <c>Rejected: REASON</c>.</summary>
    public CallToolResult Reject(string reason) => Fail(CallErrorKind.Refused, $"Rejected: {reason}");

    void Replace(string tool, IDictionary<string, JsonElement>? arguments)
    {
        var asked = Request.Params;
        Request.Params = new()
        {
            Name = tool, Arguments = arguments, Meta = asked?.Meta, InputResponses = asked?.InputResponses, RequestState = asked?.RequestState,
        };
    }
}
