using ModelContextProtocol.Client;

namespace McpScript.Testing.Processes;

/// <summary>The official C# client over stdio, which starts the program itself, as desktop clients do.</summary>
public sealed class StdioClient : IAsyncDisposable
{
    StdioClient(McpClient client, LineLog errors) => (Client, Errors) = (client, errors);

    /// <summary>The client.</summary>
    public McpClient Client { get; }

    /// <summary>Lines that the program wrote to stderr.</summary>
    public LineLog Errors { get; }

    /// <summary>Starts mcp-proxy in a site and connects to it.</summary>
    /// <param name="site">Working folder and environment.</param>
    /// <param name="revision">Required protocol revision; null for the newest.</param>
    /// <param name="arguments">Arguments of the program.</param>
    public static Task<StdioClient> ConnectAsync(ProxySite site, string? revision, params string[] arguments) =>
        ConnectToAsync(BuiltProgram.Path, site, revision, arguments);

    /// <summary>Starts mcp-proxy in a site and connects to it with changed client options, such as handlers.</summary>
    public static Task<StdioClient> ConnectAsync(ProxySite site, string? revision, Action<McpClientOptions> configure, params string[] arguments) =>
        ConnectToAsync(BuiltProgram.Path, site, revision, configure, arguments);

    /// <summary>Starts another program in a site and connects to it.</summary>
    public static Task<StdioClient> ConnectToAsync(string program, ProxySite site, string? revision, params string[] arguments) =>
        ConnectToAsync(program, site, revision, _ => { }, arguments);

    static async Task<StdioClient> ConnectToAsync(string program, ProxySite site, string? revision, Action<McpClientOptions> configure, string[] arguments)
    {
        var errors = new LineLog();
        var transport = new StdioClientTransport(new()
        {
            Command = program,
            Arguments = [.. arguments],
            WorkingDirectory = site.Path,
            InheritEnvironmentVariables = false,
            EnvironmentVariables = site.Environment.ToDictionary(variable => variable.Key, variable => (string?)variable.Value),
            StandardErrorLines = errors.Add,
            ShutdownTimeout = TestHost.Patience,
        });
        try
        {
            var options = new McpClientOptions
            {
                ProtocolVersion = revision,
                InitializationTimeout = TestHost.Patience,
                // By default the client treats a server that starts slowly as one without server/discover.
                DiscoverProbeTimeout = TestHost.Patience,
            };
            configure(options);
            var client = await McpClient.CreateAsync(transport, options);
            return new(client, errors);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The client could not connect. The program wrote:\n{errors.Text}", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
