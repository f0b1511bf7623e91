using McpScript.Configuration;
using McpScript.Http.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Puts a server into an application that is there already, and lives with it: its logging, its services, its start and stop.</summary>
public static class McpScriptServiceExtensions
{
    /// <summary>
    /// Adds a server. Its plugins are loaded when the application starts, and drained and unloaded when it stops; it is reached by <c>app.MapMcpScript()</c>,
    /// or by <see cref="AddMcpScriptTransport"/>. Other services get it as <see cref="McpScriptServer"/>.
    /// </summary>
    /// <param name="services">The application's services, which the parameters of the server's own tools can be.</param>
    /// <param name="config">The configuration; null to load it from the environment variables.</param>
    /// <param name="configure">Offers the application's own tools, prompts and resources.</param>
    /// <param name="options">What else is handed over.</param>
    public static IServiceCollection AddMcpScript(
        this IServiceCollection services, McpScriptConfig? config = null, Action<IPrimitiveBuilder>? configure = null, McpScriptServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddSingleton(provider =>
        {
            var given = options ?? new McpScriptServerOptions { Time = provider.GetService<TimeProvider>() ?? TimeProvider.System };
            var server = McpScriptServer.Create(config ?? McpScriptConfig.Load(), provider.GetRequiredService<ILoggerFactory>(), given with { Services = given.Services ?? provider });
            configure?.Invoke(server);
            return server;
        });
        services.AddHostedService<HostedServer>();
        return services;
    }

    /// <summary>
    /// Adds what is needed to check access tokens where <c>app.MapMcpScript()</c> serves, as the configuration's <c>oauth_*</c> keys say. The application
    /// must use authentication and authorization, as a <c>WebApplication</c> does by itself.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="config">The configuration, with both OAuth URLs in it.</param>
    /// <param name="time">The clock that tokens are judged by; null for the system's.</param>
    public static IServiceCollection AddMcpScriptOAuth(this IServiceCollection services, McpScriptConfig config, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OAuthCheck.ThrowIfWrong(config with { Transport = Transport.Http, Host = "localhost" });
        if (!config.OAuth.IsInForce)
            throw new ArgumentException("'oauth_server_url' and 'oauth_public_url' are not set, so there is nothing to check tokens with.", nameof(config));
        return services.AddResourceServer(ResourceServer.Of(config.OAuth, config.ServerName), time ?? TimeProvider.System);
    }

    /// <summary>
    /// Also opens the server's own transport, as the configuration says: an HTTP port with health beside it, or stdin and stdout.
    /// Over stdio the application must log to stderr, and it ends with its client.
    /// </summary>
    public static IServiceCollection AddMcpScriptTransport(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddHostedService<HostedTransport>();
    }
}
