using System.Security.Cryptography;
using System.Text;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Management;

/// <summary>Lets only those in who know a token.</summary>
static class BearerToken
{
    /// <summary>
    /// Answers 401 to every request without <c>Authorization: Bearer TOKEN</c>. Without a token to show, only requests from web pages are refused: a page
    /// can be sent to anyone's browser.
    /// </summary>
    public static void UseBearerToken(this IApplicationBuilder app, string? token)
    {
        var expected = token is null ? null : Hash(token);
        app.Use(next => context => WhyNot(context.Request.Headers, expected) is { } why ? RefuseAsync(context, why) : next(context));
    }

    /// <summary>What a token is compared by: hashes have one length, so that comparing them takes one time whatever was sent.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>True if an Authorization header brings the token.</summary>
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
