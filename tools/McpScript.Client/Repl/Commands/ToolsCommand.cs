using McpScript.Client.Arguments;
using McpScript.Client.Showing;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>tools</c></summary>
sealed class ToolsCommand() : ReplCommand("tools", "", "List the tools; with -v their arguments, too")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(Session session, string rest, CancellationToken cancellationToken)
    {
        var tools = session.Connection.Offer.Tools;
        foreach (var tool in tools)
        {
            session.Screen.Say(Rows.Of(tool.Name, Safe.Cut(tool.Description ?? tool.Title, 80)));
            if (session.Verbose)
                foreach (var parameter in Parameter.Of(tool.InputSchema))
                    session.Screen.Say($"[grey]    {Safe.Line($"{(parameter.Required ? "*" : " ")} {parameter.Name}: {SchemaText.Describe(parameter)}")}[/]");
        }
        session.Screen.Say($"\n  Total: {tools.Count} tools");
        return Task.FromResult(true);
    }
}
