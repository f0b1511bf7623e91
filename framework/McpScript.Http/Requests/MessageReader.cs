using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>Reads the JSON-RPC message of a POST body. Refuses every body that would cause errors later.</summary>
sealed class MessageReader(int maxBody, int maxDepth)
{
    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // Duplicate names are refused here, because a JsonNode reports them only at the first access, deep in a handler.
    readonly JsonTypeInfo<JsonRpcMessage> _messageType = (JsonTypeInfo<JsonRpcMessage>)new JsonSerializerOptions(McpJsonUtilities.ProtocolOptions)
    {
        AllowDuplicateProperties = false,
        MaxDepth = maxDepth,
    }.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Returns the message, or the reason why the body is refused.</summary>
    public async ValueTask<(JsonRpcMessage? Message, Rejection? Rejection)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > maxBody)
            return (null, TooLarge());

        // Kestrel has its own limit, which may be lower than the configured one.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit && limit.MaxRequestBodySize < maxBody)
            limit.MaxRequestBodySize = maxBody;

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > maxBody)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (null, TooLarge());
            }
            if (read.IsCompleted)
                return Parse(reader, read.Buffer);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    (JsonRpcMessage?, Rejection?) Parse(PipeReader reader, ReadOnlySequence<byte> body)
    {
        byte[]? rented = null;
        try
        {
            if (body.IsSingleSegment)
                return Parse(body.FirstSpan);
            rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
            body.CopyTo(rented);
            return Parse(rented.AsSpan(0, (int)body.Length));
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
            reader.AdvanceTo(body.End);
        }
    }

    (JsonRpcMessage?, Rejection?) Parse(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        if (!Utf8.IsValid(body))
            return (null, Rejection.NotJson("it is not valid UTF-8."));
        if (body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
            return (null, Rejection.NotAMessage("batches are not taken (of all protocol revisions only 2025-03-26 had them); send one message per POST."));
        try
        {
            if (HasBrokenEscape(body))
                return (null, Unread(body, "a text in it holds half of a surrogate pair."));
            return JsonSerializer.Deserialize(body, _messageType) is { } message
                ? (message, null)
                : (null, Unread(body, "it is null."));
        }
        catch (ArgumentException)
        {
            // System.Text.Json reports a duplicate name in this way while it builds a JsonNode.
            return (null, Unread(body, "an object in it has two members of one name."));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            // Expected for malformed JSON, or fields of a wrong kind: the SDK's converter throws all of these.
            return (null, Unread(body, e is JsonException { BytePositionInLine: { } column, LineNumber: { } line }
                ? $"it is malformed, too deep or incomplete at line {line + 1}, byte {column + 1}."
                : "a field has the wrong kind of value."));
        }
    }

    // A second pass over the body, for refused messages only.
    static Rejection Unread(ReadOnlySpan<byte> body, string why) => UnreadMessage.Of(body) switch
    {
        { IsJson: false } => Rejection.NotJson(why),
        var message => Rejection.NotAMessage(why) with { Id = message.Id },
    };

    // Escapes can spell invalid text ("\ud800"). They are rare, so only bodies with an escape are scanned.
    bool HasBrokenEscape(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\\u"u8) < 0)
            return false;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            return false;
        }
        catch (InvalidOperationException)
        {
            // GetString throws this for an unpaired surrogate.
            return true;
        }
    }

    Rejection TooLarge() => new(413, Rejection.Transport, $"The body is too large: at most {maxBody} bytes are accepted.");
}
