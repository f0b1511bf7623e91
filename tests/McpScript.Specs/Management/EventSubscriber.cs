using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>A follower of the events of a running program.</summary>
sealed class EventSubscriber : IAsyncDisposable
{
    static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    readonly Stream _stream;
    readonly IAsyncEnumerator<SseItem<string>> _events;

    EventSubscriber(Stream stream) => (_stream, _events) = (stream, SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator());

    /// <summary>Begins to follow; returns when the program has confirmed the subscription, so that no event is missed.</summary>
    public static async Task<EventSubscriber> OpenAsync(ProxyProcess proxy)
    {
        var subscriber = new EventSubscriber(await Http.GetStreamAsync(await proxy.AtAsync("/proxy/events")).WaitAsync(TestHost.Patience));
        Assert.Equal("open", (await subscriber.NextAsync()).Kind);
        return subscriber;
    }

    /// <summary>The next event.</summary>
    public async Task<(string Kind, JsonObject Data)> NextAsync()
    {
        Assert.True(await _events.MoveNextAsync().AsTask().WaitAsync(TestHost.Patience), "the stream has ended");
        return (_events.Current.EventType, JsonNode.Parse(_events.Current.Data)!.AsObject());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _events.DisposeAsync();
    }
}
