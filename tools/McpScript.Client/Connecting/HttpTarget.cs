using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>A server at a URL.</summary>
/// <param name="Url">Its MCP endpoint.</param>
/// <param name="Token">The bearer token to show; null for none.</param>
sealed record HttpTarget(Uri Url, string? Token) : ServerTarget
{
    /// <inheritdoc/>
    public override string Cure => $"Is the server running, and is this its endpoint? For mcp-proxy: 'mcp-proxy serve --http PORT' says its URL when it is ready.";

    /// <inheritdoc/>
    public override IClientTransport Open(Action<string> heardFromServer) => new HttpClientTransport(new()
    {
        Endpoint = Url,
        AdditionalHeaders = Token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {Token}" },
    }, new HttpClient { Timeout = Timeout.InfiniteTimeSpan }, ownsHttpClient: true);

    /// <inheritdoc/>
    public override string ToString() => Url.ToString();
}
