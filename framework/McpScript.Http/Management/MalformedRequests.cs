using System.Text.Json;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Management;

/// <summary>Middleware that answers malformed requests with an error of the API instead of an empty 400.</summary>
sealed class MalformedRequests(RequestDelegate next)
{
    /// <summary>Runs the request, and answers it if it is malformed.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (MediaTypes.RefuseEncoding(context.Request) is { } encoding)
        {
            await RefuseAsync(context, 415, encoding);
            return;
        }
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // Expected for broken JSON, a wrong type, or a body that is too large: errors of the caller.
            await RefuseAsync(context, e.StatusCode, Explain(context.Request, e));
        }
    }

    static Task RefuseAsync(HttpContext context, int status, string why)
    {
        RefusalLog.Explain(context, why);
        return ManagementEndpoints.Failure(status, why).ExecuteAsync(context);
    }

    static string Explain(HttpRequest request, BadHttpRequestException refused) => refused.InnerException is JsonException json ? Body(json)
        : Parameter(request) is { } parameter ? parameter
        // Kestrel's own message, about sizes and the like.
        : refused.Message;

    // ASP.NET's messages name the types of our code, which callers do not have.
    static string Body(JsonException e)
    {
        var at = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
        var path = e.Path is { Length: > 2 } full ? full[2..] : null;
        // System.Text.Json uses this text for values of a wrong type only, never for broken JSON.
        if (!e.Message.Contains("could not be converted", StringComparison.Ordinal))
            return $"The body is not JSON that can be read: the error is at {at}.";
        return path is null ? $"The body should be a JSON object ({at})." : $"'{path}' in the body should be {Expected(path)} ({at}).";
    }

    // The type of a member; all others are texts.
    static string Expected(string path) => path switch
    {
        "sources" => "a list of texts",
        "prerelease" or "anonymous" => "true or false",
        _ => "a text",
    };

    static string? Parameter(HttpRequest request)
    {
        foreach (var (name, values) in request.Query)
            switch (name)
            {
                case "dynamic_only" when !bool.TryParse(values, out _):
                    return $"'{name}' should be true or false, not '{RequestText.Plain(values.ToString(), 60)}'.";
                case "tail" when !int.TryParse(values, out _):
                    return $"'{name}' should be a whole number, not '{RequestText.Plain(values.ToString(), 60)}'.";
                case "prerelease" when !bool.TryParse(values, out _):
                    return $"'{name}' should be true or false, not '{RequestText.Plain(values.ToString(), 60)}'.";
            }
        return null;
    }
}
