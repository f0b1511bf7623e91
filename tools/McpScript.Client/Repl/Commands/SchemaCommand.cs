using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Output;
using McpScript.Client.Primitives;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>schema NAME [raw]</c></summary>
sealed class SchemaCommand() : ReplCommand("schema", "NAME [raw]", "Show the arguments and the result of a tool or prompt; raw shows the JSON Schema")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        var (name, how) = Tokens.SplitFirst(rest);
        if (name.Length == 0)
            throw UsageError();
        var primitives = context.Connection.Primitives;
        if (primitives.Tool(name) is { } tool)
            Show(context.Screen, tool, how == "raw");
        else if (primitives.Prompt(name) is { } prompt)
            Show(context.Screen, prompt);
        else
            throw ServerRequests.Unknown("Tool", "tools", name, Names(primitives));
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken)
    {
        var primitives = context.Connection.Primitives;
        return Task.FromResult(line.Words.Count == 0
            ? line.Matching(Names(primitives))
            : line.Matching(["raw"]));
    }

    static IEnumerable<string> Names(ServerPrimitives primitives) =>
        primitives.Tools.Select(tool => tool.Name).Concat(primitives.Prompts.Select(prompt => prompt.Name));

    static void Show(IScreen screen, Tool tool, bool raw)
    {
        Title(screen, tool.Name, tool.Title, tool.Description);
        if (Hints(tool.Annotations) is { Length: > 0 } hints)
            screen.Say($"  [grey]{hints}[/]");
        Members(screen, "Arguments", tool.InputSchema, raw);
        if (tool.OutputSchema is { } output)
            Members(screen, "Result", output, raw);
    }

    static void Show(IScreen screen, Prompt prompt)
    {
        Title(screen, prompt.Name, prompt.Title, prompt.Description);
        List(screen, "Arguments", [.. ServerRequests.Parameters(prompt)]);
    }

    static void Title(IScreen screen, string name, string? title, string? description)
    {
        screen.Say($"[bold]{TerminalEscaping.MarkupLine(name)}[/]{(title is null ? "" : $"  {TerminalEscaping.MarkupLine(title)}")}");
        if (description is not null)
            screen.Text($"  {description.Replace("\n", "\n  ")}");
    }

    static void Members(IScreen screen, string heading, System.Text.Json.JsonElement schema, bool raw)
    {
        if (!raw)
            List(screen, heading, Parameter.Of(schema));
        else
            screen.Text($"{heading}:\n{Json.Pretty(schema)}");
    }

    static void List(IScreen screen, string heading, IReadOnlyList<Parameter> members)
    {
        screen.Say(members.Count == 0 ? $"{heading}: none" : $"{heading}:");
        foreach (var line in SchemaText.Of(members))
            screen.Say(TerminalEscaping.MarkupLine(line));
    }

    static string Hints(ToolAnnotations? annotations) => annotations is null ? "" : string.Join(", ", new[]
    {
        annotations.ReadOnlyHint is true ? "read-only" : null,
        annotations.DestructiveHint is true && annotations.ReadOnlyHint is not true ? "destructive" : null,
        annotations.IdempotentHint is true ? "idempotent" : null,
        annotations.OpenWorldHint is true ? "open world" : null,
    }.OfType<string>());
}
