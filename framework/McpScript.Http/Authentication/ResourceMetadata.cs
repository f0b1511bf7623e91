using McpScript.Http.Management;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http.Authentication;

/// <summary>Serves the protected resource metadata, from which clients learn the authorization server (RFC 9728).</summary>
static class ResourceMetadata
{
    /// <summary>The document's path for a resource without a path of its own.</summary>
    public const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Maps the document at the root, and below the path of the public URL and the path of the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, ResourceServer resource, string pattern)
    {
        foreach (var path in new[] { "", resource.PublicUrl.AbsolutePath.TrimEnd('/'), pattern }.Distinct())
            MapOne(endpoints, resource, path);
    }

    static void MapOne(IEndpointRouteBuilder endpoints, ResourceServer resource, string path)
    {
        // Exactly as configured: both are identifiers, which clients compare as text.
        var document = new
        {
            resource = resource.NameAt(path),
            authorization_servers = new[] { resource.AuthorizationServer.OriginalString },
            scopes_supported = resource.RequiredScopes,
            bearer_methods_supported = new[] { "header" },
            resource_name = resource.Name,
        };
        endpoints.MapRead(WellKnown + Literal(path), (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Json(document, ManagementJson.Options);
        }).AllowAnonymous();
    }

    // A path of the public URL is not a route pattern.
    static string Literal(string path) =>
        Uri.UnescapeDataString(path).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
