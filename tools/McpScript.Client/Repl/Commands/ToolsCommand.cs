using McpScript.Client.Arguments;
using McpScript.Client.Output;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>tools</c></summary>
sealed class ToolsCommand() : ReplCommand("tools", "", "List the tools; with -v their arguments, too")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        var tools = context.Connection.Primitives.Tools;
        foreach (var tool in tools)
        {
            context.Screen.Say(Rows.Of(tool.Name, TerminalEscaping.FirstLine(tool.Description ?? tool.Title, 80)));
            if (context.Verbose)
                foreach (var parameter in Parameter.Of(tool.InputSchema))
                    context.Screen.Say($"[grey]    {TerminalEscaping.MarkupLine(Row(parameter))}[/]");
        }
        context.Screen.Say($"\n  Total: {tools.Count} tools");
        return Task.FromResult(true);
    }

    static string Row(Parameter parameter) => $"{(parameter.Required ? "*" : " ")} {parameter.Name}: {SchemaText.Describe(parameter)}";
}
