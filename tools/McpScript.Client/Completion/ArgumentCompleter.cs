using McpScript.Client.Arguments;
using McpScript.Client.Terminal;

namespace McpScript.Client.Completion;

/// <summary>Completes <c>name=value</c> pairs: names that are not given yet, and values that the schema lists or the server proposes.</summary>
/// <param name="parameters">Parameters of the tool, prompt or template.</param>
/// <param name="request">Requests values from the server, by name of the argument, its typed beginning, and the other arguments; null for none.</param>
sealed class ArgumentCompleter(
    IReadOnlyList<Parameter> parameters, Func<string, string, IReadOnlyDictionary<string, string>, CancellationToken, Task<IReadOnlyList<string>>>? request)
{
    /// <summary>Returns completions of the word at the cursor.</summary>
    public async Task<Completions> CompleteAsync(CompletionContext line, CancellationToken cancellationToken)
    {
        var given = Given(line.Words);
        if (line.Raw.IndexOf('=') is var at and >= 0)
            return await ValuesAsync(line, at, given, cancellationToken);
        var names = parameters.Select(parameter => parameter.Name)
            .Where(name => !given.ContainsKey(name) && name.StartsWith(line.Typed, StringComparison.OrdinalIgnoreCase));
        return new(line.Start, [.. names.Select(name => new Candidate($"{name}=", Final: false))]);
    }

    async Task<Completions> ValuesAsync(CompletionContext line, int at, Dictionary<string, string> given, CancellationToken cancellationToken)
    {
        var (name, typed) = (line.Raw[..at], line.Typed[(line.Typed.IndexOf('=') + 1)..]);
        if (parameters.FirstOrDefault(each => each.Name == name) is not { } parameter)
            return Completions.None;
        var values = KnownValues.Of(parameter) is { Count: > 0 } known ? known : request is null ? [] : await request(name, typed, given, cancellationToken);
        var matching = values.Where(value => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        return new(line.Start + at + 1, [.. matching.Select(value => new Candidate(Tokens.Quote(value)))]);
    }

    static Dictionary<string, string> Given(IReadOnlyList<string> words) => words.Where(word => word.IndexOf('=') > 0)
        .DistinctBy(word => word[..word.IndexOf('=')]).ToDictionary(word => word[..word.IndexOf('=')], word => word[(word.IndexOf('=') + 1)..]);
}
