using McpScript.Model;
using McpScript.Protocol;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Hosting;

/// <summary>JIT warm-up: sends initialize and tools/list through an in-memory client while the plugins are loaded.</summary>
sealed class HandlerWarmUp(IServerFactory servers, TimeProvider time)
{
    static ReadOnlySpan<byte> Messages => """
    {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"McpScript","version":"1"}}}
    {"jsonrpc":"2.0","method":"notifications/initialized"}
    {"jsonrpc":"2.0","id":1,"method":"tools/list"}

    """u8;

    /// <summary>Sends the messages; completes when they are answered. Skipped while telemetry is attached, so that warm-up does not show in traces.</summary>
    public async Task RunAsync()
    {
        if (Instruments.ListensToCalls)
            return;
        using var messages = new MemoryStream(Messages.ToArray());
        var end = new ShutdownDeadline(TimeSpan.FromSeconds(1), time);
        await new StdioHost(servers, messages, Stream.Null, end, NullLoggerFactory.Instance).RunAsync(CancellationToken.None);
    }
}
