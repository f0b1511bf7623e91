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

/// <summary>Makes an application an OAuth resource server.</summary>
static class ResourceServerExtensions
{
    const int MostOfAnAnswer = 64 * 1024;

    /// <summary>Adds the authentication scheme and what it needs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="resource">Whose tokens are taken, and how they are checked.</param>
    /// <param name="time">The clock that tokens are judged by.</param>
    public static IServiceCollection AddResourceServer(this IServiceCollection services, ResourceServer resource, TimeProvider time)
    {
        services.AddSingleton(resource);
        services.AddSingleton<TokenIntrospection>();
        services.AddSingleton(new TokenValidator(resource.Audience, time));
        services.AddSingleton(provider => new AccessTokens(
            provider.GetRequiredService<TokenIntrospection>().AskAsync, provider.GetRequiredService<TokenValidator>(), resource.CacheTtl, resource.MaxCachedTokens, time));
        services.AddHttpClient(TokenIntrospection.HttpClientName, client => client.MaxResponseContentBufferSize = MostOfAnAnswer)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect would carry token and secret to who knows where.
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                // More wait their turn, so that a flood of bad tokens does not become a flood over there.
                MaxConnectionsPerServer = 10,
            })
            // They would write headers down, and one of them is our secret.
            .RemoveAllLoggers();

        // Not AddAuthentication: that one brings data protection, which leaves keys in the home folder.
        services.TryAddSingleton(time);
        services.AddAuthenticationCore(options => options.DefaultScheme ??= ResourceServerHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ResourceServerHandler>(ResourceServerHandler.SchemeName, null);
        services.AddAuthorization();
        return services;
    }

    /// <summary>Checks Host and Origin, and then who asks. The application needs <see cref="AddResourceServer"/>.</summary>
    /// <param name="app">The application, with nothing else in it that answers requests.</param>
    /// <param name="access">The Host and Origin allow-lists.</param>
    public static void UseResourceServer(this IApplicationBuilder app, HostAndOriginOptions access)
    {
        // First, so that foreign hosts and pages learn nothing, and the pages that are welcome can read a refusal.
        app.UseHostAndOriginGuard(access);
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>
    /// Serves MCP to those who bring a good token, and tells the others where to get one. The application needs <see cref="AddResourceServer"/>,
    /// authentication and authorization.
    /// </summary>
    public static McpEndpoint MapMcpWithTokens(this IEndpointRouteBuilder endpoints, McpEndpointOptions options)
    {
        var resource = endpoints.ServiceProvider.GetRequiredService<ResourceServer>();
        ResourceMetadata.Map(endpoints, resource, options.Pattern);
        // A token for the endpoint's own URL is good at a server that is known by its host.
        if (resource.HasNoPath && resource.Audience == resource.PublicUrl.OriginalString)
            endpoints.ServiceProvider.GetRequiredService<TokenValidator>().Accept(resource.NameAt(options.Pattern));
        return endpoints.MapMcp(options).RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(ResourceServerHandler.SchemeName)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => resource.Admits(context.User)));
    }

    /// <summary>Who a request is from; nobody without a good token. For routes that are open to all and tell some more.</summary>
    internal static async Task<ClaimsPrincipal?> CallerAsync(this HttpContext context) =>
        (await context.AuthenticateAsync(ResourceServerHandler.SchemeName)).Principal;
}
