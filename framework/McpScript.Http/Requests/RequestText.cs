using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Requests;

/// <summary>Parts of a request, made safe for a log: callers can send any text.</summary>
static class RequestText
{
    const int LongestPath = 200;

    /// <summary>Returns the path without the query, which may hold a secret. At most 200 characters.</summary>
    public static string Path(HttpRequest request) => Plain(request.Path.ToUriComponent(), LongestPath);

    /// <summary>Returns the client's address.</summary>
    public static string Remote(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? $"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}" : "unknown";

    /// <summary>Returns a text on one line, cut to a maximum length.</summary>
    public static string Plain(string text, int most) =>
        string.Concat((text.Length > most ? text[..most] : text).Select(character => IsLineBreakOrControl(character) ? '?' : character));

    static bool IsLineBreakOrControl(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
