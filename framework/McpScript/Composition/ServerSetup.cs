using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Reconcile;
using McpScript.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace McpScript.Composition;

/// <summary>Everything that all parts of a server are made from.</summary>
sealed class ServerSetup : IAsyncDisposable
{
    readonly ServiceProvider _services;

    /// <param name="config">The configuration at the start.</param>
    /// <param name="commandLine">Options of the command line, which override the file when it is read again.</param>
    /// <param name="loggers">Creates the logs.</param>
    /// <param name="options">Options of the host.</param>
    public ServerSetup(McpScriptConfig config, CommandLineOverrides commandLine, ILoggerFactory loggers, McpScriptServerOptions options)
    {
        (Config, Options, Loggers) = (config, options, loggers);
        Files = new(Time);
        Reader = new(Files, Time);
        Configuration = new(config, commandLine, Reader, Log<LiveConfiguration>());
        _services = HostServices(loggers, options);
    }

    /// <summary>The configuration at the start. What may change while the server runs is read from <see cref="Configuration"/>.</summary>
    public McpScriptConfig Config { get; }

    /// <summary>The configuration while the server runs.</summary>
    public LiveConfiguration Configuration { get; }

    /// <summary>Options of the host.</summary>
    public McpScriptServerOptions Options { get; }

    /// <summary>Creates the logs.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => Options.Time;

    /// <summary>Hashes of files.</summary>
    public FileHashCache Files { get; }

    /// <summary>Reads files that have come to rest.</summary>
    public StableReader Reader { get; }

    /// <summary>Services of this library, without those of an application.</summary>
    public IServiceProvider OwnServices => _services;

    /// <summary>Services for what the host itself offers: those of the application, if there is one.</summary>
    public IServiceProvider HostServiceProvider => Options.Services ?? _services;

    /// <summary>The plugin folders as the configuration has them now.</summary>
    public IReadOnlyList<string> Folders => Configuration.Current.PluginDirs;

    /// <summary>Creates a log.</summary>
    public ILogger<T> Log<T>() => Loggers.CreateLogger<T>();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    static ServiceProvider HostServices(ILoggerFactory loggers, McpScriptServerOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddSingleton(options.Time);
        foreach (var shared in options.Shared)
            services.TryAdd(shared);
        services.AddHttpClient();
        return services.BuildServiceProvider();
    }
}
