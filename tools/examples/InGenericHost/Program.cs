using McpScript;
using McpScript.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
// Over stdio, stdout belongs to the protocol.
builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddSingleton<Visits>();
builder.Services.AddMcpScript(McpScriptConfig.Load(), mcp =>
    mcp.Tool("visit", "Count one more visit.", (Visits visits) => visits.Next()));
builder.Services.AddMcpScriptTransport();
await builder.Build().RunAsync();

/// <summary>A service of the application.</summary>
sealed class Visits
{
    int _count;

    /// <summary>Counts one more.</summary>
    public int Next() => Interlocked.Increment(ref _count);
}
