using McpScript.Client.Arguments;
using McpScript.Client.Terminal;

namespace McpScript.Client.Completion;

/// <summary>Completes <c>name=value</c>: the names that are not given yet, and the values that are known or that the server proposes.</summary>
/// <param name="parameters">What there is to give.</param>
/// <param name="ask">Asks the server for values: of which argument, what is typed of it, and what is given beside it.</param>
sealed class ArgumentCompleter(IReadOnlyList<Parameter> parameters, Func<string, string, IReadOnlyDictionary<string, string>, CancellationToken, Task<IReadOnlyList<string>>>? ask)
{
    /// <summary>What could stand as the next word.</summary>
    public async Task<Completions> CompleteAsync(CompletionContext line, CancellationToken cancellationToken)
    {
        var given = Given(line.Words);
        if (line.Raw.IndexOf('=') is var at and >= 0)
            return await ValuesAsync(line, at, given, cancellationToken);
        return new(line.Start, [.. parameters.Select(parameter => parameter.Name).Where(name => !given.ContainsKey(name) && name.StartsWith(line.Typed, StringComparison.OrdinalIgnoreCase))
            .Select(name => new Candidate($"{name}=", Final: false))]);
    }

    async Task<Completions> ValuesAsync(CompletionContext line, int at, Dictionary<string, string> given, CancellationToken cancellationToken)
    {
        var (name, typed) = (line.Raw[..at], line.Typed[(line.Typed.IndexOf('=') + 1)..]);
        if (parameters.FirstOrDefault(each => each.Name == name) is not { } parameter)
            return Completions.None;
        var values = KnownValues.Of(parameter) is { Count: > 0 } known ? known : ask is null ? [] : await ask(name, typed, given, cancellationToken);
        return new(line.Start + at + 1, [.. values.Where(value => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(value => new Candidate(Tokens.Quote(value)))]);
    }

    static Dictionary<string, string> Given(IReadOnlyList<string> words) => words.Where(word => word.IndexOf('=') > 0)
        .DistinctBy(word => word[..word.IndexOf('=')]).ToDictionary(word => word[..word.IndexOf('=')], word => word[(word.IndexOf('=') + 1)..]);
}
