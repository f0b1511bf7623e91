using McpScript.Client.Arguments;
using McpScript.Client.Terminal;

namespace McpScript.Client.Completion;

/// <summary>Completes the value of one parameter, which is the whole line.</summary>
/// <param name="parameter">The parameter.</param>
/// <param name="more">Requests candidates if the schema has none; null for none.</param>
sealed class AnswerCompleter(Parameter parameter, Func<string, CancellationToken, Task<IReadOnlyList<string>>>? more) : ICompleter
{
    /// <inheritdoc/>
    public async Task<Completions> CompleteAsync(string beforeCursor, CancellationToken cancellationToken)
    {
        var known = KnownValues.Of(parameter);
        var candidates = known.Count > 0 || more is null ? known : await more(beforeCursor, cancellationToken);
        var matching = candidates.Where(candidate => candidate.StartsWith(beforeCursor, StringComparison.OrdinalIgnoreCase));
        return new(0, [.. matching.Select(candidate => new Candidate(candidate, Final: false))]);
    }
}
