using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace McpScript.Http.Requests;

/// <summary>Checks that a request sends and accepts the media types that the protocol requires.</summary>
static class MediaTypes
{
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";

    // Nearly every client sends this value, so that the header rarely has to be parsed.
    const string BothTypes = "application/json, text/event-stream";

    /// <summary>Returns the error in the media types of a POST; null if there is none.</summary>
    public static Rejection? RefusePost(HttpRequest request)
    {
        if (request.Headers.Accept != BothTypes && !(Accepts(request.Headers.Accept, Json) && Accepts(request.Headers.Accept, EventStream)))
            return new(406, Rejection.Transport, "Not acceptable: the client must accept both application/json and text/event-stream.");
        if (RefuseEncoding(request) is { } why)
            return new(415, Rejection.Transport, why);
        return IsJson(request.ContentType)
            ? null
            : new(415, Rejection.Transport, "Unsupported media type: the body must be application/json in UTF-8.");
    }

    /// <summary>Returns the reason why the body's encoding is refused; null if it is not. A compressed body could expand a thousandfold.</summary>
    public static string? RefuseEncoding(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return null;
        var problem = $"Unsupported content encoding: the body is sent as '{RequestText.Plain(encoding, 40)}'";
        return $"{problem}, and must be sent uncompressed, without a Content-Encoding header.";
    }

    /// <summary>Returns the error in the media types of a GET; null if there is none.</summary>
    public static Rejection? RefuseGet(HttpRequest request) => Accepts(request.Headers.Accept, EventStream)
        ? null
        : new(406, Rejection.Transport, "Not acceptable: the client must accept text/event-stream.");

    // A missing header accepts everything (RFC 9110, 12.5.1).
    static bool Accepts(StringValues accept, string type)
    {
        if (StringValues.IsNullOrEmpty(accept))
            return true;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
            return false;
        foreach (var range in ranges)
            if (range.Quality != 0 && range.MatchesMediaType(type))
                return true;
        return false;
    }

    static bool IsJson(string? contentType)
    {
        if (contentType == Json)
            return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
