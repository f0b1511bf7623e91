using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Output;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>schema NAME [raw]</c></summary>
sealed class SchemaCommand() : ReplCommand("schema", "NAME [raw]", "Show what a tool or prompt takes and gives; raw shows the JSON Schema")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        var (name, how) = Tokens.SplitFirst(rest);
        if (name.Length == 0)
            throw UsageError();
        var offer = session.Connection.Primitives;
        if (offer.Tool(name) is { } tool)
            Show(session.Screen, tool, how == "raw");
        else if (offer.Prompt(name) is { } prompt)
            Show(session.Screen, prompt);
        else
            throw ServerRequests.Unknown("Tool", "tools", name, offer.Tools.Select(each => each.Name).Concat(offer.Prompts.Select(each => each.Name)));
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext session, CompletionContext line, CancellationToken cancellationToken) => Task.FromResult(line.Words.Count == 0
        ? line.Matching(session.Connection.Primitives.Tools.Select(tool => tool.Name).Concat(session.Connection.Primitives.Prompts.Select(prompt => prompt.Name)))
        : line.Matching(["raw"]));

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

    static string Hints(ToolAnnotations? about) => about is null ? "" : string.Join(", ", new[]
    {
        about.ReadOnlyHint is true ? "read-only" : null,
        about.DestructiveHint is true && about.ReadOnlyHint is not true ? "destructive" : null,
        about.IdempotentHint is true ? "idempotent" : null,
        about.OpenWorldHint is true ? "open world" : null,
    }.OfType<string>());
}
