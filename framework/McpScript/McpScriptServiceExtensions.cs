using McpScript.Configuration;
using McpScript.Http.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Adds a server to an existing application. The server uses the application's logging and services, and starts and stops with it.</summary>
public static class McpScriptServiceExtensions
{
    /// <summary>
    /// Adds a server. Its plugins are loaded when the application starts, and drained and unloaded when it stops. Clients reach it after
    /// <c>app.MapMcpScript()</c> or <see cref="AddMcpScriptTransport"/>. Other services resolve it as <see cref="McpScriptServer"/>, a singleton.
    /// </summary>
    /// <param name="services">The application's services. Parameters of the server's own tools can be services too.</param>
    /// <param name="config">The configuration; null to load it from the environment variables.</param>
    /// <param name="configure">Registers the application's own tools, prompts and resources.</param>
    /// <param name="options">Options of the host; null for the defaults, with the <see cref="TimeProvider"/> of the application if it has one.</param>
    public static IServiceCollection AddMcpScript(
        this IServiceCollection services, McpScriptConfig? config = null, Action<IPrimitiveBuilder>? configure = null, McpScriptServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddSingleton(provider =>
        {
            var given = options ?? new McpScriptServerOptions { Time = provider.GetService<TimeProvider>() ?? TimeProvider.System };
            var loggers = provider.GetRequiredService<ILoggerFactory>();
            var server = McpScriptServer.Create(config ?? McpScriptConfig.Load(), loggers, given with { Services = given.Services ?? provider });
            configure?.Invoke(server);
            return server;
        });
        services.AddHostedService<HostedServer>();
        return services;
    }

    /// <summary>
    /// Adds validation of access tokens to the route of <c>app.MapMcpScript()</c>, with the <c>oauth_*</c> keys of the configuration. The application must
    /// use the authentication and authorization middleware; a <c>WebApplication</c> adds both automatically.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="config">The configuration, with both <c>oauth_server_url</c> and <c>oauth_public_url</c>.</param>
    /// <param name="time">The clock for token validation; null for the system's.</param>
    /// <exception cref="ArgumentException">OAuth is not set up in the configuration.</exception>
    /// <exception cref="ConfigurationException">The OAuth settings have problems; the exception lists all of them.</exception>
    public static IServiceCollection AddMcpScriptOAuth(this IServiceCollection services, McpScriptConfig config, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OAuthCheck.ThrowIfWrong(config with { Transport = Transport.Http, Host = "localhost" });
        if (!config.OAuth.IsInForce)
        {
            throw new ArgumentException(
                "'oauth_server_url' and 'oauth_public_url' are not set, so access tokens cannot be validated. Set both.", nameof(config));
        }
        return services.AddResourceServer(ResourceServer.Of(config.OAuth, config.ServerName), time ?? TimeProvider.System);
    }

    /// <summary>
    /// Opens the server's own transport too, as configured: an HTTP port and a health port, or stdin and stdout. Over stdio the application must log to
    /// stderr, and it stops when its client disconnects.
    /// </summary>
    public static IServiceCollection AddMcpScriptTransport(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddHostedService<HostedTransport>();
    }
}
