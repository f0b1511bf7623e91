using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Streams;

/// <summary>Answers with server-sent events.</summary>
static class EventStreamResponse
{
    static readonly JsonTypeInfo<JsonRpcMessage> MessageType = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Sets the headers, and sees to it that nothing on the way holds events back.</summary>
    /// <returns>Where the events are written to; disposed before the request ends.</returns>
    public static SseResponse Begin(HttpContext context, KeepAlive keepAlive)
    {
        var headers = context.Response.Headers;
        headers.ContentType = MediaTypes.EventStream;
        headers.CacheControl = "no-cache,no-store";
        headers.ContentEncoding = "identity";
        headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        return new SseResponse(context.Response.BodyWriter, keepAlive);
    }

    /// <summary>Answers that the message is taken and will not be answered.</summary>
    public static void Accept(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }

    /// <summary>Writes events as they come.</summary>
    public static Task WriteAsync(Stream response, IAsyncEnumerable<SseItem<JsonRpcMessage?>> events, CancellationToken cancellationToken) =>
        SseFormatter.WriteAsync(events, response, Format, cancellationToken);

    /// <summary>Writes an event without data, from whose id the client can read on if its connection breaks before the next event.</summary>
    public static Task PrimeAsync(Stream response, SseEventId id, CancellationToken cancellationToken) =>
        WriteAsync(response, One(new SseItem<JsonRpcMessage?>(null, "prime") { EventId = id.ToString() }), cancellationToken);

    /// <summary>Ends a stream whose request will get no other answer with an error, so that the client need not wait.</summary>
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
