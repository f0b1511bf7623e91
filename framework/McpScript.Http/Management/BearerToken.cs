using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http;

/// <summary>Lets only those in who know a token.</summary>
static class BearerToken
{
    /// <summary>Answers 401 to every request without <c>Authorization: Bearer TOKEN</c>; does nothing for a null token.</summary>
    public static void UseBearerToken(this IApplicationBuilder app, string? token)
    {
        if (token is null)
            return;
        var expected = Hash(token);
        app.Use(next => context => IsRight(context.Request.Headers.Authorization.ToString(), expected) ? next(context) : RefuseAsync(context));
    }

    /// <summary>What a token is compared by: hashes have one length, so that comparing them takes one time whatever was sent.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>True if an Authorization header brings the token.</summary>
    public static bool IsRight(string header, byte[] expected) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(header["Bearer ".Length..].Trim()), expected);

    static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsJsonAsync(new { error = "unauthorized" });
    }
}
