using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>read URI</c></summary>
sealed class ReadCommand() : ReplCommand("read", "URI | TEMPLATE [variable=value…]", "Read a resource; variables of a template are asked for")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        var (uri, values) = Tokens.SplitFirst(rest);
        if (uri.Length == 0)
            throw UsageError();
        var answer = await new ServerRequests(session).ReadAsync(uri, values.Length == 0 ? null : reader => reader.Read(values), cancellationToken);
        foreach (var text in answer?.Texts ?? ["Not read."])
            session.Screen.Text(text);
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext session, CompletionContext line, CancellationToken cancellationToken) => line.Words.Count == 0
        ? Task.FromResult(line.Matching([.. session.Connection.Primitives.Resources.Select(resource => resource.Uri), .. session.Connection.Primitives.Templates.Select(template => template.UriTemplate)]))
        : new ArgumentCompleter(TemplateVariables.Of(line.Words[0]), (name, typed, given, ct) =>
            session.Connection.CompleteAsync(new ResourceTemplateReference { Uri = line.Words[0] }, name, typed, given, ct)).CompleteAsync(line.AfterFirst(), cancellationToken);
}
