using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>A server at a URL.</summary>
/// <param name="Url">URL of its MCP endpoint.</param>
/// <param name="Token">Bearer token to send; null for none.</param>
sealed record HttpTarget(Uri Url, string? Token) : ServerTarget
{
    /// <inheritdoc/>
    public override string Cure => "Is the server running, and is this its endpoint? 'mcp-proxy serve --http PORT' prints its URL when it is ready.";

    /// <inheritdoc/>
    public override IClientTransport Open(Action<string> stderrLine) => new HttpClientTransport(new()
    {
        Endpoint = Url,
        AdditionalHeaders = Token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {Token}" },
    }, new HttpClient { Timeout = Timeout.InfiniteTimeSpan }, ownsHttpClient: true);

    /// <inheritdoc/>
    public override string ToString() => Url.ToString();
}
