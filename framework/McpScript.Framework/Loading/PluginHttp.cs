using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace McpScript.Loading;

/// <summary>Makes <see cref="IHttpClientFactory"/> of one plugin unloadable: no timers, and handlers are disposed of with the plugin's services.</summary>
/// <remarks>
/// The factory starts a timer for each handler it creates (two minutes by default, then ten seconds at a time), and timers hold the plugin's container.
/// Handlers therefore never expire here; the configured lifetime becomes the lifetime of pooled connections, which makes changes in DNS visible.
/// </remarks>
sealed class PluginHttp : IHttpMessageHandlerBuilderFilter, IPostConfigureOptions<HttpClientFactoryOptions>, IDisposable
{
    readonly ConcurrentDictionary<string, TimeSpan> _lifetimes = new(StringComparer.Ordinal);
    readonly Lock _lock = new();
    readonly List<IDisposable> _made = [];
    bool _disposed;

    /// <summary>Adds the factory and <see cref="HttpClient"/> to a plugin's services; the plugin may configure them further.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddHttpClient();
        services.AddSingleton<PluginHttp>();
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(provider => provider.GetRequiredService<PluginHttp>());
        services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>>(provider => provider.GetRequiredService<PluginHttp>());
    }

    /// <inheritdoc/>
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        _lifetimes[name ?? ""] = options.HandlerLifetime;
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
    }

    /// <inheritdoc/>
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.PrimaryHandler is SocketsHttpHandler sockets && sockets.PooledConnectionLifetime == Timeout.InfiniteTimeSpan)
            sockets.PooledConnectionLifetime = _lifetimes.GetValueOrDefault(builder.Name ?? "", Timeout.InfiniteTimeSpan);
        // The scope that handlers were resolved from is disposed of last: they may use its services.
        Own([builder.PrimaryHandler, .. builder.AdditionalHandlers, .. builder.Services is IDisposable scope ? [scope] : Array.Empty<IDisposable>()]);
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        IDisposable[] made;
        lock (_lock)
        {
            _disposed = true;
            made = [.. _made];
            _made.Clear();
        }
        foreach (var item in made)
            item.Dispose();
    }

    void Own(IEnumerable<IDisposable> made)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _made.AddRange(made);
                return;
            }
        }
        foreach (var item in made)
            item.Dispose();
    }
}
