using System.ComponentModel;
using McpScript.Hosting;
using McpScript.Management;
using ModelContextProtocol;

namespace McpScript.Factory;

/// <summary>The <c>factory__</c> tools, with the results of the Python original.</summary>
sealed class FactoryTools(McpScriptServer server, FactoryLogs logs)
{
    /// <summary>Registers the tools.</summary>
    public void AddTo(IPrimitiveBuilder own)
    {
        own.Tool("factory__status", "Show the server, what is loaded, and which logs are on.", Status,
            new() { ReadOnly = true, Idempotent = true, OpenWorld = false, Destructive = false });
        own.Tool("factory__list", "List the loaded plugins with their tools.", List,
            new() { ReadOnly = true, Idempotent = true, OpenWorld = false, Destructive = false });
        own.Tool("factory__log", "Turn the log of tool calls on or off, or show whether it is on.", LogAsync,
            new() { ReadOnly = false, Idempotent = true, OpenWorld = false, Destructive = false });
        own.Tool("factory__transcript", "Begin or end a transcript of tool calls, or show whether one is being written.", TranscriptAsync,
            new() { ReadOnly = false, OpenWorld = false, Destructive = false });
    }

    string Status() => $"""
        MCP Factory v{ProductVersion.Text}
        {Introspection.PluginStatus(server.Registry, server.Operations.Proxy)}
        Log:       {(logs.Text.Path is null ? "OFF" : "ON")}
        Transcript: {(logs.Transcript.Active ? "ON" : "OFF")}
        """;

    string List() => $"Loaded plugins:\n\n{Introspection.PluginList(server.Registry)}";

    async Task<string> LogAsync([Description("on, off or status.")] string mode = "status")
    {
        switch (mode)
        {
            case "on":
                await FlushAsync();
                return $"Log ON → {Opened(logs.Text.TurnOn)}";
            case "off":
                await FlushAsync();
                logs.Text.TurnOff();
                return "Log OFF";
            default:
                return logs.Text.Path is { } path ? $"Log ON → {path}" : "Log OFF";
        }
    }

    async Task<string> TranscriptAsync([Description("on, off or status.")] string mode = "status")
    {
        switch (mode)
        {
            case "on":
                await FlushAsync();
                return logs.Transcript.Path is { } active ? $"Transcript already active: {active}" : $"Transcript ON → {Opened(logs.Transcript.Start)}";
            case "off":
                await FlushAsync();
                return $"Transcript OFF (saved: {logs.Transcript.Stop()})";
            default:
                return logs.Transcript.Path is { } path ? $"Transcript ON → {path}" : "Transcript OFF";
        }
    }

    // Calls are written in the background: calls that finished before the switch belong to the logs that were on then.
    Task FlushAsync() => server.CallLog?.FlushAsync() ?? Task.CompletedTask;

    static string Opened(Func<string> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new McpException($"the log cannot be opened: {e.Message}", e);
        }
    }
}
