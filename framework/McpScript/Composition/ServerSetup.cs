using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Reconcile;
using McpScript.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace McpScript.Composition;

/// <summary>Inputs that all parts of a server share: configuration, options, logs, clock, files and services.</summary>
sealed class ServerSetup : IAsyncDisposable
{
    readonly ServiceProvider _services;

    /// <summary>Creates the setup, with the services of the host.</summary>
    /// <param name="config">The configuration at the start.</param>
    /// <param name="commandLine">Options of the command line, which override the file when it is reloaded.</param>
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

    /// <summary>The configuration at the start. Read values that can change while the server runs from <see cref="Configuration"/>.</summary>
    public McpScriptConfig Config { get; }

    /// <summary>The configuration while the server runs.</summary>
    public LiveConfiguration Configuration { get; }

    /// <summary>Options of the host.</summary>
    public McpScriptServerOptions Options { get; }

    /// <summary>Creates the logs.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => Options.Time;

    /// <summary>Cache of file hashes.</summary>
    public FileHashCache Files { get; }

    /// <summary>Reads files once they have stopped changing.</summary>
    public StableReader Reader { get; }

    /// <summary>Services of this library: logging, the clock, shared objects and HTTP clients; without those of an application.</summary>
    public IServiceProvider OwnServices => _services;

    /// <summary>Services for the host's own tools, prompts and resources: those of the application, or else <see cref="OwnServices"/>.</summary>
    public IServiceProvider HostServiceProvider => Options.Services ?? _services;

    /// <summary>The plugin folders of the current configuration.</summary>
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
