using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>The resources that one session has subscribed to (up to 2025-11-25; later clients use <c>subscriptions/listen</c>). Thread-safe.</summary>
sealed class ResourceSubscriptions(ServedResources resources)
{
    const int Most = 1000;

    readonly HashSet<string> _uris = new(StringComparer.Ordinal);

    /// <summary>Returns true if the session has subscribed to a resource.</summary>
    public bool Has(string uri)
    {
        lock (_uris)
            return _uris.Contains(uri);
    }

    /// <summary><c>resources/subscribe</c></summary>
    public ValueTask<EmptyResult> SubscribeAsync(RequestContext<SubscribeRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? throw new McpProtocolException("resources/subscribe needs 'uri'.", McpErrorCode.InvalidParams);
        if (resources.Find(uri) is null)
            throw new McpProtocolException($"Unknown resource URI: '{uri}'", McpErrorCode.ResourceNotFound);
        lock (_uris)
            if (_uris.Count >= Most && !_uris.Contains(uri))
                throw new McpProtocolException($"A session may subscribe to {Most} resources; unsubscribe from some first.", McpErrorCode.InvalidRequest);
            else
                _uris.Add(uri);
        return new(new EmptyResult());
    }

    /// <summary><c>resources/unsubscribe</c></summary>
    public ValueTask<EmptyResult> UnsubscribeAsync(RequestContext<UnsubscribeRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? throw new McpProtocolException("resources/unsubscribe needs 'uri'.", McpErrorCode.InvalidParams);
        lock (_uris)
            _uris.Remove(uri);
        return new(new EmptyResult());
    }
}
