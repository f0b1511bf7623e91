using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Streams;

/// <summary>Assigns an id to each event of one stream, and stores a copy.</summary>
sealed class EventStreamWriter(EventStreams store, EventStream stream) : ISseEventStreamWriter
{
    static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default)
    {
        stream.Mode = mode;
        return default;
    }

    public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default)
    {
        // An event that already has an id was stored before.
        if (sseItem.EventId is not null)
            return ValueTask.FromResult(sseItem);
        var data = sseItem.Data is null ? null : JsonSerializer.SerializeToUtf8Bytes(sseItem.Data, MessageType);
        var number = store.Add(stream, sseItem.EventType, sseItem.ReconnectionInterval, data);
        return ValueTask.FromResult(sseItem with { EventId = new SseEventId(stream.Number, number).ToString() });
    }

    public ValueTask DisposeAsync()
    {
        store.Complete(stream);
        return default;
    }
}
