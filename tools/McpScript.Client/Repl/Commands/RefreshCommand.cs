using McpScript.Client.Requests;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>refresh</c></summary>
sealed class RefreshCommand() : ReplCommand("refresh", "", "Fetch the server's lists again")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        await context.Connection.RefreshAsync(cancellationToken);
        var (tools, prompts, resources, templates) = context.Connection.Primitives;
        context.Screen.Say($"{tools.Count} tools, {prompts.Count} prompts, {resources.Count} resources, {templates.Count} templates");
        return true;
    }
}
