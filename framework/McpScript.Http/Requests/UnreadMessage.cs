using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>Facts about a body that is not a valid message: whether it is JSON, and its request id.</summary>
/// <param name="IsJson">True for well-formed JSON, of any depth.</param>
/// <param name="Id">The id; none if it cannot be read, or if it is not JSON.</param>
readonly record struct UnreadMessage(bool IsJson, RequestId Id)
{
    static readonly JsonReaderOptions Deep = new() { MaxDepth = int.MaxValue };

    /// <summary>Scans a body.</summary>
    public static UnreadMessage Of(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Deep);
        RequestId id = default;
        try
        {
            while (reader.Read())
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"u8) && reader.Read())
                    id = Read(ref reader);
            return new(true, id);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    static RequestId Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType switch
            {
                JsonTokenType.String => new RequestId(reader.GetString()!),
                JsonTokenType.Number when reader.TryGetInt64(out var number) => new RequestId(number),
                _ => default,
            };
        }
        catch (InvalidOperationException)
        {
            // Expected for half a surrogate pair.
            return default;
        }
    }
}
