using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>info</c></summary>
sealed class InfoCommand() : ReplCommand("info", "", "Show the server and the connection")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        var (connection, client) = (context.Connection, context.Connection.Client);
        Row("Server", $"{client.ServerInfo?.Name} v{client.ServerInfo?.Version}");
        Row("Address", connection.Target.ToString()!);
        Row("Protocol", client.NegotiatedProtocolVersion ?? "unknown");
        if (client.SessionId is { } id)
            Row("Session", id);
        Row("Capabilities", Json.Compact(JsonSerializer.SerializeToNode(client.ServerCapabilities, McpJsonUtilities.DefaultOptions)));
        Row("Tools", connection.Primitives.Tools.Count.ToString());
        Row("Refreshes", connection.Refreshes.ToString());
        if (connection.Subscribed.Count > 0)
            Row("Subscribed", string.Join(", ", connection.Subscribed));
        if (client.ServerInstructions is { } instructions)
            context.Screen.Text(instructions);
        return Task.FromResult(true);

        void Row(string name, string value) => context.Screen.Say($"  {name + ":",-14}{TerminalEscaping.MarkupLine(value)}");
    }
}
