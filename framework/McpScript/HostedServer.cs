using Microsoft.Extensions.Hosting;

namespace McpScript;

/// <summary>Loads a server's plugins when the application starts, and drains them when it stops.</summary>
sealed class HostedServer(McpScriptServer server) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        NotStartedException.ThrowIf(server.Config.Strict, server.Options.NeedsPlugin, await server.StartAsync(cancellationToken));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync();
}
