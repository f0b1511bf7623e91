using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Requests;

/// <summary>Parts of a request as they may stand in a log: callers can send anything.</summary>
static class RequestText
{
    const int LongestPath = 200;

    /// <summary>The path without the query, which may hold a secret.</summary>
    public static string Path(HttpRequest request) => Plain(request.Path.ToUriComponent(), LongestPath);

    /// <summary>The address that the request comes from.</summary>
    public static string Remote(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? $"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}" : "unknown";

    /// <summary>A text on one line, of a length that cannot fill the log.</summary>
    public static string Plain(string text, int most) =>
        string.Concat((text.Length > most ? text[..most] : text).Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? '?' : character));
}
