using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript;

public sealed partial class McpScriptServer
{
    /// <summary>
    /// Connects a client within this process, without a port, for programs that call the tools themselves. Like any other client, it receives notifications
    /// of changed lists and resources.
    /// </summary>
    /// <param name="options">Capabilities, handlers and timeouts of the client; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels connecting.</param>
    /// <returns>The client; disposing it ends its session.</returns>
    public async Task<McpClient> ConnectAsync(McpClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (up, down) = (new Pipe(), new Pipe());
        var server = Servers.Create(new StreamServerTransport(up.Reader.AsStream(), down.Writer.AsStream(), "memory", _setup.Loggers));
        _ = ServeAsync(server);
        var transport = new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream(), _setup.Loggers);
        return await McpClient.CreateAsync(transport, options, _setup.Loggers, cancellationToken);
    }

    // Runs until the client disconnects. Exceptions are ignored here: the client gets errors as responses.
    async Task ServeAsync(McpServer server)
    {
        await using (server)
            await Servers.RunAsync(server, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
