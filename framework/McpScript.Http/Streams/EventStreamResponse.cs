using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Streams;

/// <summary>Writes responses as server-sent events.</summary>
static class EventStreamResponse
{
    static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Answers 202: the message is accepted and gets no response.</summary>
    public static void Accept(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }

    /// <summary>Writes events as they arrive.</summary>
    public static Task WriteAsync(Stream response, IAsyncEnumerable<SseItem<JsonRpcMessage?>> events, CancellationToken cancellationToken) =>
        SseFormatter.WriteAsync(events, response, Format, cancellationToken);

    /// <summary>Writes an event without data; its id lets the client resume if the connection breaks before the next event.</summary>
    public static Task PrimeAsync(Stream response, SseEventId id, CancellationToken cancellationToken) =>
        WriteAsync(response, One(new SseItem<JsonRpcMessage?>(null, "prime") { EventId = id.ToString() }), cancellationToken);

    /// <summary>Ends a stream with an error for a request that gets no other answer, so that the client does not wait.</summary>
    public static async Task EndAsync(McpHttpRequest exchange, Rejection why)
    {
        if (!exchange.Context.Response.HasStarted)
            await exchange.RejectAsync(why);
        else
            await WriteAsync(exchange.Context.Response.Body, One(new(why.ToError(exchange.Id), SseParser.EventTypeDefault)), exchange.Aborted);
    }

    static async IAsyncEnumerable<SseItem<JsonRpcMessage?>> One(SseItem<JsonRpcMessage?> item)
    {
        await Task.CompletedTask;
        yield return item;
    }

    static void Format(SseItem<JsonRpcMessage?> item, IBufferWriter<byte> writer)
    {
        if (item.Data is null)
            return;
        using var json = new Utf8JsonWriter(writer);
        JsonSerializer.Serialize(json, item.Data, MessageType);
    }
}
