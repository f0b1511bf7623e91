using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace McpScript.Framework.Tests.Http;

/// <summary>Reads an open event stream one event at a time.</summary>
sealed class EventReader(HttpResponseMessage response, Stream stream) : IAsyncDisposable
{
    readonly IAsyncEnumerator<SseItem<string>> _events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

    public int Status => (int)response.StatusCode;

    /// <summary>The last event's id.</summary>
    public string? LastId { get; private set; }

    /// <summary>The retry time of the last event.</summary>
    public TimeSpan? Retry { get; private set; }

    /// <summary>The next event's text; null when the stream has ended properly.</summary>
    public async Task<string?> NextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().WaitAsync(Door.Patience))
            return null;
        LastId = _events.Current.EventId ?? LastId;
        Retry = _events.Current.ReconnectionInterval;
        return _events.Current.Data;
    }

    /// <summary>The next JSON-RPC message; null when the stream has ended properly.</summary>
    public async Task<JsonNode?> MessageAsync()
    {
        while (await NextAsync() is { } text)
            if (text.Length > 0)
                return JsonNode.Parse(text);
        return null;
    }

    /// <summary>Hangs up.</summary>
    public ValueTask DisposeAsync()
    {
        response.Dispose();
        return default;
    }
}
