using McpScript.Client.Arguments;
using McpScript.Client.Terminal;

namespace McpScript.Client.Completion;

/// <summary>Completes the answer to a question: a value, from the beginning of the line.</summary>
sealed class AnswerCompleter(Parameter parameter, Func<string, CancellationToken, Task<IReadOnlyList<string>>>? more) : ICompleter
{
    /// <inheritdoc/>
    public async Task<Completions> CompleteAsync(string beforeCursor, CancellationToken cancellationToken)
    {
        var known = KnownValues.Of(parameter);
        var candidates = known.Count > 0 || more is null ? known : await more(beforeCursor, cancellationToken);
        return new(0, [.. candidates.Where(candidate => candidate.StartsWith(beforeCursor, StringComparison.OrdinalIgnoreCase)).Select(candidate => new Candidate(candidate, Final: false))]);
    }
}
