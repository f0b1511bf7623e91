using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>read URI</c></summary>
sealed class ReadCommand() : ReplCommand("read", "URI | TEMPLATE [variable=value…]", "Read a resource; you enter the variables of a template one by one")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        var (uri, values) = Tokens.SplitFirst(rest);
        if (uri.Length == 0)
            throw UsageError();
        var answer = await new ServerRequests(context).ReadAsync(uri, values.Length == 0 ? null : reader => reader.Read(values), cancellationToken);
        foreach (var text in answer?.Texts ?? ["Not read."])
            context.Screen.Text(text);
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken)
    {
        var primitives = context.Connection.Primitives;
        if (line.Words.Count == 0)
            return Task.FromResult(line.Matching(
                [.. primitives.Resources.Select(resource => resource.Uri), .. primitives.Templates.Select(template => template.UriTemplate)]));
        var completer = new ArgumentCompleter(TemplateVariables.Of(line.Words[0]), (name, typed, given, ct) =>
            context.Connection.CompleteAsync(new ResourceTemplateReference { Uri = line.Words[0] }, name, typed, given, ct));
        return completer.CompleteAsync(line.AfterFirst(), cancellationToken);
    }
}
