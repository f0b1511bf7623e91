using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript;

public sealed partial class McpScriptServer
{
    /// <summary>
    /// Connects a client inside this process, without a port: for programs that call the tools themselves. It hears of changes like any other.
    /// </summary>
    /// <param name="options">What the client offers, and its patience.</param>
    /// <param name="cancellationToken">Ends the connecting.</param>
    /// <returns>The client; disposing it ends its session.</returns>
    public async Task<McpClient> ConnectAsync(McpClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (up, down) = (new Pipe(), new Pipe());
        var server = Servers.Create(new StreamServerTransport(up.Reader.AsStream(), down.Writer.AsStream(), "memory", _setup.Loggers));
        _ = ServeAsync(server);
        return await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream(), _setup.Loggers), options, _setup.Loggers, cancellationToken);
    }

    // Until the client goes; what goes wrong on the way is told to the client.
    async Task ServeAsync(McpServer server)
    {
        await using (server)
            await Servers.RunAsync(server, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
