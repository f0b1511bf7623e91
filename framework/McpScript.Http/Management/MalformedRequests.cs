using Microsoft.AspNetCore.Http;

namespace McpScript.Http;

/// <summary>Explains a body that cannot be read instead of answering with an empty 400.</summary>
sealed class MalformedRequests(RequestDelegate next)
{
    /// <summary>Runs the request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // Broken JSON, a wrong type, a body that is too large: the caller's to mend.
            await ManagementEndpoints.Failure(e.StatusCode, $"{e.Message} {e.InnerException?.Message}".Trim()).ExecuteAsync(context);
        }
    }
}
