using System.Security.Cryptography;
using System.Text;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Management;

/// <summary>Middleware that requires the management token.</summary>
static class BearerToken
{
    /// <summary>
    /// Answers 401 to requests without <c>Authorization: Bearer TOKEN</c>. If no token is configured, refuses only requests from web pages, because any
    /// site can make a browser send requests.
    /// </summary>
    public static void UseBearerToken(this IApplicationBuilder app, string? token)
    {
        var expected = token is null ? null : Hash(token);
        app.Use(next => context => WhyNot(context.Request.Headers, expected) is { } why ? RefuseAsync(context, why) : next(context));
    }

    /// <summary>Returns the hash that tokens are compared by: hashes have equal lengths, so the comparison takes the same time for every input.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Returns true if an Authorization header holds the token.</summary>
    public static bool IsRight(string header, byte[] expected) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(header["Bearer ".Length..].Trim()), expected);

    static string? WhyNot(IHeaderDictionary headers, byte[]? expected)
    {
        var header = headers.Authorization.ToString();
        if (expected is null)
            return headers.Origin.Count > 0 ? "a web page needs a token, and there is none; set 'management_token'" : null;
        if (header.Length == 0)
            return "the management token is missing";
        return IsRight(header, expected) ? null : "the management token is wrong";
    }

    static Task RefuseAsync(HttpContext context, string why)
    {
        RefusalLog.Explain(context, why);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsJsonAsync(new { error = "unauthorized" });
    }
}
