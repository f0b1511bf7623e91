using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Streams;

/// <summary>Reads a stream again, beginning after the last event that the client has.</summary>
sealed class EventStreamReader(EventStream stream, long lastNumber, TimeSpan pollWait, TimeProvider time) : ISseEventStreamReader
{
    static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public string SessionId => stream.SessionId;
    public string StreamId => stream.StreamId;

    /// <summary>True if the stream is complete and the client has all its events.</summary>
    public bool IsAtEnd => stream.After(lastNumber) is { Events.Count: 0, More: null };

    public async IAsyncEnumerable<SseItem<JsonRpcMessage?>> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = lastNumber;
        stream.AddReader();
        try
        {
            while (true)
            {
                var (events, more) = stream.After(last);
                foreach (var one in events)
                {
                    yield return ToItem(one);
                    last = one.Number;
                }
                if (more is null || !await WaitForMoreAsync(more, stream.Mode == SseEventStreamMode.Polling, last > lastNumber, cancellationToken))
                    yield break;
            }
        }
        finally
        {
            stream.RemoveReader();
        }
    }

    // A polling reader ends after the kept events. If there are none it waits: clients give up after a few polls without an event.
    async Task<bool> WaitForMoreAsync(Task more, bool polling, bool hasSome, CancellationToken cancellationToken)
    {
        if (polling && hasSome)
            return false;
        try
        {
            await more.WaitAsync(polling ? pollWait : Timeout.InfiniteTimeSpan, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            // No event within the wait; the client polls again.
            return false;
        }
    }

    SseItem<JsonRpcMessage?> ToItem(StoredEvent one) => new(one.Data is null ? null : JsonSerializer.Deserialize(one.Data, MessageType), one.Type)
    {
        EventId = new SseEventId(stream.Number, one.Number).ToString(),
        ReconnectionInterval = one.Retry,
    };
}
