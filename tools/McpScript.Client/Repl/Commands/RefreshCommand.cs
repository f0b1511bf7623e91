using McpScript.Client.Requests;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>refresh</c></summary>
sealed class RefreshCommand() : ReplCommand("refresh", "", "Ask anew what the server offers")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        await session.Connection.RefreshAsync(cancellationToken);
        var offer = session.Connection.Primitives;
        session.Screen.Say($"{offer.Tools.Count} tools, {offer.Prompts.Count} prompts, {offer.Resources.Count} resources, {offer.Templates.Count} templates");
        return true;
    }
}
