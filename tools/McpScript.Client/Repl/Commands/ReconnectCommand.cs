using McpScript.Client.Requests;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>reconnect</c></summary>
sealed class ReconnectCommand() : ReplCommand("reconnect", "", "Connect again")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        await session.Connection.ConnectAsync(cancellationToken);
        session.Screen.Say($"Connected again. {session.Connection.Primitives.Tools.Count} tools available.");
        return true;
    }
}
