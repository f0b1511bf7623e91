using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http;

/// <summary>Reads a stream again, from behind the last event that the client has.</summary>
sealed class EventStreamReader(EventStream stream, long lastNumber) : ISseEventStreamReader
{
    static readonly JsonTypeInfo<JsonRpcMessage> MessageType = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public string SessionId => stream.SessionId;
    public string StreamId => stream.StreamId;

    public async IAsyncEnumerable<SseItem<JsonRpcMessage?>> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = lastNumber;
        stream.AddReader();
        try
        {
            while (true)
            {
                var (events, more, ends) = stream.After(last);
                foreach (var one in events)
                {
                    yield return ToItem(one);
                    last = one.Number;
                }
                if (ends)
                    yield break;
                await more.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            stream.RemoveReader();
        }
    }

    SseItem<JsonRpcMessage?> ToItem(StoredEvent one) => new(one.Data is null ? null : JsonSerializer.Deserialize(one.Data, MessageType), one.Type)
    {
        EventId = new EventId(stream.Number, one.Number).ToString(),
        ReconnectionInterval = one.Retry,
    };
}
