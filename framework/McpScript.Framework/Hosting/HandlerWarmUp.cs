using McpScript.Model;
using McpScript.Protocol;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Hosting;

/// <summary>Has the code compiled that answers a client's first messages, while the plugins are loaded: by a client of our own, which nobody hears.</summary>
sealed class HandlerWarmUp(IServerFactory servers, TimeProvider time)
{
    static ReadOnlySpan<byte> Messages => """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"McpScript","version":"1"}}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","id":1,"method":"tools/list"}

        """u8;

    /// <summary>Sends them; completes when they are answered. Does nothing while somebody measures: he wants to see his clients, not us.</summary>
    public async Task RunAsync()
    {
        if (Instruments.ListensToCalls)
            return;
        using var messages = new MemoryStream(Messages.ToArray());
        var end = new ShutdownDeadline(TimeSpan.FromSeconds(1), time);
        await new StdioHost(servers, messages, Stream.Null, end, NullLoggerFactory.Instance).RunAsync(CancellationToken.None);
    }
}
