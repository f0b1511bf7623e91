using System.Security.Claims;
using McpScript.Http.Endpoint;
using McpScript.Http.Guard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace McpScript.Http.Authentication;

/// <summary>Configures an application as an OAuth resource server.</summary>
static class ResourceServerExtensions
{
    const int MaxResponseBytes = 64 * 1024;

    /// <summary>Adds the authentication scheme and its services.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="resource">The settings of the resource server.</param>
    /// <param name="time">The clock for the validity of tokens.</param>
    public static IServiceCollection AddResourceServer(this IServiceCollection services, ResourceServer resource, TimeProvider time)
    {
        services.AddSingleton(resource);
        services.AddSingleton<TokenIntrospection>();
        services.AddSingleton(new TokenValidator(resource.Audience, time));
        services.AddSingleton(provider => new AccessTokens(
            provider.GetRequiredService<TokenIntrospection>().AskAsync, provider.GetRequiredService<TokenValidator>(), resource.CacheTtl,
            resource.MaxCachedTokens, time));
        services.AddHttpClient(TokenIntrospection.HttpClientName, client => client.MaxResponseContentBufferSize = MaxResponseBytes)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect would send the token and the secret to an unknown server.
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                // Further requests wait, so that a flood of bad tokens does not reach the authorization server.
                MaxConnectionsPerServer = 10,
            })
            // They would log request headers, one of which holds the client secret.
            .RemoveAllLoggers();

        // Not AddAuthentication: it adds data protection, which writes keys to the home folder.
        services.TryAddSingleton(time);
        services.AddAuthenticationCore(options => options.DefaultScheme ??= ResourceServerHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ResourceServerHandler>(ResourceServerHandler.SchemeName, null);
        services.AddAuthorization();
        return services;
    }

    /// <summary>Checks Host and Origin, then authenticates the caller. The application needs <see cref="AddResourceServer"/>.</summary>
    /// <param name="app">The application, with no other middleware that answers requests.</param>
    /// <param name="access">The Host and Origin allow-lists.</param>
    public static void UseResourceServer(this IApplicationBuilder app, HostAndOriginOptions access)
    {
        // First, so that foreign hosts and pages get no information, and allowed pages can read a refusal.
        app.UseHostAndOriginGuard(access);
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>
    /// Serves MCP to callers with a valid token, and refers all others to the authorization server. The application needs <see cref="AddResourceServer"/>,
    /// authentication and authorization.
    /// </summary>
    public static McpEndpoint MapMcpWithTokens(this IEndpointRouteBuilder endpoints, McpEndpointOptions options)
    {
        var resource = endpoints.ServiceProvider.GetRequiredService<ResourceServer>();
        ResourceMetadata.Map(endpoints, resource, options.Pattern);
        // If the public URL has no path, a token whose audience is the endpoint's own URL is accepted too.
        if (resource.HasNoPath && resource.Audience == resource.PublicUrl.OriginalString)
            endpoints.ServiceProvider.GetRequiredService<TokenValidator>().Accept(resource.NameAt(options.Pattern));
        return endpoints.MapMcp(options).RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(ResourceServerHandler.SchemeName)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => resource.Admits(context.User)));
    }

    /// <summary>Returns the caller of a request; null without a valid token. For open routes that return more to authenticated callers.</summary>
    internal static async Task<ClaimsPrincipal?> CallerAsync(this HttpContext context) =>
        (await context.AuthenticateAsync(ResourceServerHandler.SchemeName)).Principal;
}
