using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;
using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Registry;
using McpScript.Testing.Protocol;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Testing;

/// <summary>The real server, which watches a temporary folder, with real clients connected in memory.</summary>
public sealed class TestHost : IAsyncDisposable
{
    /// <inheritdoc cref="WaitLimits.Event"/>
    public static TimeSpan Patience => WaitLimits.Event;

    readonly List<IAsyncDisposable> _connections = [];
    readonly CancellationTokenSource _stop = new();
    readonly Lazy<Task<McpClient>> _client;

    TestHost(TestFolder folder, McpScriptServer server, TestLog log)
    {
        (Folder, Server, Log) = (folder, server, log);
        _client = new(() => ConnectAsync());
    }

    /// <summary>Plugin folder.</summary>
    public TestFolder Folder { get; }

    /// <summary>The server under test.</summary>
    public McpScriptServer Server { get; }

    /// <summary>Log of the server.</summary>
    public TestLog Log { get; }

    /// <summary>Registry of the server.</summary>
    public PluginRegistry Registry => Server.Registry;

    /// <summary>A client that is connected at first use and stays connected.</summary>
    public Task<McpClient> Client => _client.Value;

    /// <summary>Starts a server that watches a folder with files.</summary>
    public static Task<TestHost> StartAsync(params (string Path, string Text)[] files) => StartAsync(new(), files);

    /// <summary>Starts a server that watches a folder with files and shares an object with plugins.</summary>
    public static Task<TestHost> StartAsync<T>(T shared, params (string Path, string Text)[] files) where T : class =>
        StartAsync(new() { Options = new McpScriptServerOptions().ShareWithPlugins(shared) }, files);

    /// <summary>Starts a server with a setup on a folder with files.</summary>
    public static async Task<TestHost> StartAsync(TestSetup setup, params (string Path, string Text)[] files)
    {
        var folder = new TestFolder();
        foreach (var (path, text) in files)
            folder.Write(path, text);
        setup.Prepare(folder);
        var log = new TestLog();
        var loggers = LoggerFactory.Create(builder => builder.AddProvider(log).SetMinimumLevel(LogLevel.Debug)
            // The SDK logs each request; callers without pause would fill the memory.
            .AddFilter("ModelContextProtocol", LogLevel.Warning));
        var (config, commandLine) = Read(setup, folder);
        // The home folder of the user must not be changed.
        var options = setup.Options with
        {
            Management = true,
            LogFolder = setup.Options.LogFolder ?? folder.Logs,
            CacheFolder = setup.Options.CacheFolder ?? folder.Cache,
        };
        var server = McpScriptServer.Create(setup.Configure(config), loggers, options, commandLine);
        setup.Offer(server);
        var host = new TestHost(folder, server, log);
        await server.StartAsync();
        return host;
    }

    /// <summary>Connects another client.</summary>
    /// <param name="protocolVersion">Required protocol revision; null for the newest.</param>
    /// <param name="configure">Changes the client options, such as handlers.</param>
    public async Task<McpClient> ConnectAsync(string? protocolVersion = null, Action<McpClientOptions>? configure = null)
    {
        var (up, down) = (new Pipe(), new Pipe());
        var transport = new StreamServerTransport(up.Reader.AsStream(), down.Writer.AsStream(), "test");
        var server = Server.Servers.Create(transport);
        _ = Server.Servers.RunAsync(server, _stop.Token);
        var options = new McpClientOptions { ProtocolVersion = protocolVersion, DiscoverProbeTimeout = Patience };
        configure?.Invoke(options);
        var client = await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream()), options).WaitAsync(Patience);
        lock (_connections)
        {
            _connections.Add(client);
            _connections.Add(server);
        }
        return client;
    }

    /// <summary>Connects a client without an SDK.</summary>
    public async Task<RawClient> ConnectRawAsync(string protocolVersion)
    {
        var (up, down) = OpenPipes();
        return await RawPipes.ConnectAsync(up, down, protocolVersion);
    }

    /// <summary>Creates a client without an SDK that has not initialized.</summary>
    public RawClient OpenRaw()
    {
        var (up, down) = OpenPipes();
        return RawPipes.Unconnected(up, down);
    }

    (Stream Up, Stream Down) OpenPipes()
    {
        var (up, down) = (new Pipe(), new Pipe());
        var server = Server.Servers.Create(new StreamServerTransport(up.Reader.AsStream(), down.Writer.AsStream(), "test"));
        _ = Server.Servers.RunAsync(server, _stop.Token);
        lock (_connections)
            _connections.Add(server);
        return (up.Writer.AsStream(), down.Reader.AsStream());
    }

    /// <summary>Calls a tool and returns the text of its result, error or not.</summary>
    public async Task<string> CallAsync(string tool, object? arguments = null)
    {
        var result = await CallForResultAsync(tool, arguments);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    /// <summary>Calls a tool.</summary>
    public async Task<CallToolResult> CallForResultAsync(string tool, object? arguments = null) =>
        await (await Client).CallToolAsync(tool, Arguments.Of(arguments)).AsTask().WaitAsync(Patience);

    /// <summary>Returns the status of a plugin.</summary>
    public PluginStatus StatusOf(string plugin) => Registry.GetSummary().Plugins.Single(entry => entry.Key == plugin).Value;

    /// <summary>Returns the names of the plugins' tools that a client lists.</summary>
    public async Task<ImmutableArray<string>> ToolsAsync() => [.. await (await Client).ListPluginToolsAsync()];

    /// <summary>Saves a file in place and waits until the registry has handled exactly this text, not a half-written file.</summary>
    public Task<ChangeResult> SaveAsync(string path, string text) => SaveAsync(PluginOf(path), path, text);

    /// <summary>Saves a file that belongs to a plugin of another name, such as one that it loads.</summary>
    public Task<ChangeResult> SaveAsync(string plugin, string path, string text)
    {
        var saved = SourceFile.Of(Folder[path], Encoding.UTF8.GetBytes(text));
        return ChangeAsync(plugin, () => Folder.Write(path, text), result => FilesOf(result).Contains(saved));
    }

    /// <summary>Changes the folder and waits until the registry has handled a plugin, successfully or not.</summary>
    /// <param name="plugin">Name of the plugin.</param>
    /// <param name="change">The change.</param>
    /// <param name="isIt">Condition for the result; null for the first result.</param>
    public async Task<ChangeResult> ChangeAsync(string plugin, Action change, Func<ChangeResult, bool>? isIt = null)
    {
        var acted = new TaskCompletionSource<ChangeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChanged(RegistryChanged turn)
        {
            var found = turn.Results.FirstOrDefault(result => string.Equals(result.Name, plugin, StringComparison.OrdinalIgnoreCase));
            if (found is { } result && isIt?.Invoke(result) is not false)
                acted.TrySetResult(result);
        }
        Registry.Changed += OnChanged;
        try
        {
            change();
            return await acted.Task.WaitAsync(Patience);
        }
        finally
        {
            Registry.Changed -= OnChanged;
        }
    }

    /// <summary>Changes the folder and waits for two scans, of which at least one began after the change; returns the results of both.</summary>
    public async Task<ImmutableArray<ChangeResult>> ScanAfterAsync(Action change)
    {
        var scans = Channel.CreateUnbounded<ImmutableArray<ChangeResult>>();
        void OnScanned(ImmutableArray<ChangeResult> results) => scans.Writer.TryWrite(results);
        Server.Folder.Scanned += OnScanned;
        try
        {
            change();
            var all = ImmutableArray.CreateBuilder<ChangeResult>();
            for (var scan = 1; scan <= 2; scan++)
            {
                // Belongs to no plugin, but triggers a scan.
                Folder.Write(".look", $"{scan}");
                all.AddRange(await scans.Reader.ReadAsync().AsTask().WaitAsync(Patience));
            }
            return all.ToImmutable();
        }
        finally
        {
            Server.Folder.Scanned -= OnScanned;
        }
    }

    /// <summary>Waits until a condition holds; checks it every 10 ms.</summary>
    public static Task UntilAsync(Func<bool> holds, string what) => Poll.UntilAsync(holds, what);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
        await _stop.CancelAsync();
        await Server.DisposeAsync();
        Secrets.Search(Log.Lines, "a host's log");
        Secrets.SearchFiles(Folder.Logs);
        Folder.Dispose();
    }

    // With a file, the configuration is loaded as the program does, and reloaded when the file changes.
    static (McpScriptConfig Config, CommandLineOverrides CommandLine) Read(TestSetup setup, TestFolder folder)
    {
        if (setup.ConfigYaml is null)
            return (new() { PluginDirs = [folder.Path], Watch = setup.Watch, Autoload = setup.Autoload }, setup.CommandLine ?? new());
        File.WriteAllText(folder.ConfigFile, setup.ConfigYaml);
        var commandLine = (setup.CommandLine ?? new()) with { ConfigFile = folder.ConfigFile, PluginDirs = [folder.Path], Watch = setup.Watch };
        return (McpScriptConfig.Load(commandLine), commandLine);
    }

    IEnumerable<SourceFile> FilesOf(ChangeResult result) => result.Ok
        ? result.Plugin?.Files ?? []
        : Registry.Failures.Where(failure => failure.Reference.Equals(result.Reference)).SelectMany(failure => failure.Files);

    // echo.csx and echo/whatever both belong to 'echo'.
    static string PluginOf(string path) => path.Split('/')[0] is var first && first.EndsWith(".csx", StringComparison.Ordinal) ? first[..^4] : first;
}
