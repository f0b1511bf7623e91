using McpScript.Http.Management;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http.Authentication;

/// <summary>Tells clients where to get a token (RFC 9728).</summary>
static class ResourceMetadata
{
    /// <summary>Where it is told, for a resource without a path.</summary>
    public const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Maps the document in its root form, and in its path form for the public URL's path and for the endpoint's own.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, ResourceServer resource, string pattern)
    {
        foreach (var path in new[] { "", resource.PublicUrl.AbsolutePath.TrimEnd('/'), pattern }.Distinct())
            MapOne(endpoints, resource, path);
    }

    static void MapOne(IEndpointRouteBuilder endpoints, ResourceServer resource, string path)
    {
        // As the operator wrote them: both are identifiers, which others compare as text.
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

    // A path of the public URL is no route pattern.
    static string Literal(string path) => Uri.UnescapeDataString(path).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
