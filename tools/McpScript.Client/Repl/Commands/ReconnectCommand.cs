using McpScript.Client.Requests;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>reconnect</c></summary>
sealed class ReconnectCommand() : ReplCommand("reconnect", "", "Connect again")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        await context.Connection.ConnectAsync(cancellationToken);
        context.Screen.Say($"Connected again. {context.Connection.Primitives.Tools.Count} tools available.");
        return true;
    }
}
