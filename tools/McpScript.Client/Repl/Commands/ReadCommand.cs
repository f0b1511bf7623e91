using McpScript.Client.Arguments;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>read URI</c></summary>
sealed class ReadCommand() : ReplCommand("read", "URI | TEMPLATE [variable=value…]", "Read a resource; variables of a template are asked for")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(Session session, string rest, CancellationToken cancellationToken)
    {
        var (uri, values) = Words.Cut(rest);
        if (uri.Length == 0)
            throw Bare();
        var answer = await new Requests(session).ReadAsync(uri, values.Length == 0 ? null : reader => reader.Read(values), cancellationToken);
        foreach (var text in answer?.Texts ?? ["Not read."])
            session.Screen.Text(text);
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(Session session, LineSoFar line, CancellationToken cancellationToken) => line.Words.Count == 0
        ? Task.FromResult(line.Matching([.. session.Connection.Offer.Resources.Select(resource => resource.Uri), .. session.Connection.Offer.Templates.Select(template => template.UriTemplate)]))
        : new ArgumentCompletion(TemplateVariables.Of(line.Words[0]), (name, typed, given, ct) =>
            session.Connection.CompleteAsync(new ResourceTemplateReference { Uri = line.Words[0] }, name, typed, given, ct)).CompleteAsync(line.AfterFirst(), cancellationToken);
}
