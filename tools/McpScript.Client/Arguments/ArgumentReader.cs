using System.Text.Json;
using McpScript.Client.Errors;

namespace McpScript.Client.Arguments;

/// <summary>Parses typed arguments: a JSON object, <c>name=value</c> pairs, or the bare value if there is only one parameter to give.</summary>
/// <param name="target">Receiver of the arguments, for error messages: <c>Tool 'echo'</c>.</param>
/// <param name="parameters">Parameters of the receiver.</param>
/// <param name="open">True if other names are allowed too.</param>
sealed class ArgumentReader(string target, IReadOnlyList<Parameter> parameters, bool open = false)
{
    /// <summary>Parses the text after a name.</summary>
    /// <exception cref="UserError">The arguments are invalid; lists all problems.</exception>
    public Dictionary<string, JsonElement> Read(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
            return [];
        if (text.StartsWith('{') && Json.TryRead(text) is { ValueKind: JsonValueKind.Object } whole)
            return whole.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        return Read(Tokens.Parse(text), text);
    }

    /// <summary>Parses command-line arguments, which the shell has already split.</summary>
    /// <exception cref="UserError">The arguments are invalid; lists all problems.</exception>
    public Dictionary<string, JsonElement> Read(IReadOnlyList<string> words) => words is [var only]
        ? only.TrimStart().StartsWith('{') ? Read(only) : Read([new(only, 0, 0, null)], only)
        : Read([.. words.Select(word => new Token(word, 0, 0, null))], string.Join(' ', words));

    /// <summary>Returns the required parameters that have no argument.</summary>
    public IReadOnlyList<Parameter> Missing(IReadOnlyDictionary<string, JsonElement> arguments) =>
        [.. parameters.Where(parameter => parameter.Required && !arguments.ContainsKey(parameter.Name))];

    /// <summary>Creates the error for missing required arguments.</summary>
    public UserError MissingError(IReadOnlyList<Parameter> missing) => UserError.Usage($"{target} was not called.",
        [.. missing.Select(parameter => $"'{parameter.Name}' is missing: {parameter.Schema.Type}{Description(parameter)}")],
        $"Give {(missing.Count == 1 ? "it" : "them")} as {string.Join(' ', missing.Select(parameter => $"{parameter.Name}=…"))}");

    static string Description(Parameter parameter) => parameter.Description is { } description ? $", {description}" : "";

    Dictionary<string, JsonElement> Read(IReadOnlyList<Token> words, string text)
    {
        if (words is [.., { Open: { } quote }] && HasNames(words[0]))
            throw UserError.Usage($"{target} was not called.", [$"a quote is never closed: {quote}"], $"Close it, or put a backslash before it: \\{quote}");
        if (HasNames(words[0]) || words.All(IsPair) && parameters.Count != 1)
            return Pairs(words);
        return BareParameter() is { } one ? new() { [one.Name] = Value(one, text) } : throw NotPairs(words);
    }

    Dictionary<string, JsonElement> Pairs(IReadOnlyList<Token> words)
    {
        var arguments = new Dictionary<string, JsonElement>();
        var problems = new List<string>();
        foreach (var word in words)
            if (!IsPair(word))
                problems.Add($"'{word.Text}' is no name=value pair; a value with blanks needs quotes");
            else if (Problem(word.Text[..word.Text.IndexOf('=')], word.Text[(word.Text.IndexOf('=') + 1)..], arguments) is { } problem)
                problems.Add(problem);
        return problems.Count == 0 ? arguments : throw UserError.Usage($"{target} was not called.", problems, Cure());
    }

    // Adds one argument; an array parameter that is given twice gets the items of both.
    string? Problem(string name, string text, Dictionary<string, JsonElement> arguments)
    {
        var parameter = parameters.FirstOrDefault(each => each.Name == name);
        if (parameter is null && !open)
            return $"there is no argument '{name}'.{SpellingHint.For(name, parameters.Select(each => each.Name))}";
        var (value, problem) = ValueReader.Read(text, parameter?.Schema ?? new ValueSchema(default, default));
        if (value is not { } given)
            return $"'{name}' {problem}";
        if (!arguments.TryGetValue(name, out var before))
            arguments[name] = given;
        else if (before.ValueKind == JsonValueKind.Array && given.ValueKind == JsonValueKind.Array)
            arguments[name] = JsonSerializer.SerializeToElement(before.EnumerateArray().Concat(given.EnumerateArray()));
        else
            return $"'{name}' is given twice";
        return null;
    }

    JsonElement Value(Parameter parameter, string text)
    {
        // Quotes around the whole text delimit it; they are not part of the value.
        var typed = Tokens.Parse(text) is [{ Open: null } single] && text[0] is '"' or '\'' ? Tokens.Parse(text)[0].Text : text;
        var (value, problem) = ValueReader.Read(typed, parameter.Schema);
        return value ?? throw UserError.Usage($"{target} was not called.", [$"'{parameter.Name}' {problem}"], Cure());
    }

    UserError NotPairs(IReadOnlyList<Token> words) => parameters.Count == 0
        ? UserError.Usage($"{target} was not called.", ["it takes no arguments"], "Leave them out.")
        : UserError.Usage($"{target} was not called.",
            [.. words.Where(word => !IsPair(word)).Take(3).Select(word => $"'{word.Text}' is no name=value pair")], Cure());

    string Cure() => parameters.Count == 0 ? "It takes no arguments." : $"It takes {string.Join(' ', parameters.Select(Placeholder))}, or one JSON object.";

    static string Placeholder(Parameter parameter) => parameter.Required ? $"{parameter.Name}=…" : $"[{parameter.Name}=…]";

    // The parameter that a bare value is for: the only required one, or the only one.
    Parameter? BareParameter() =>
        parameters.Where(parameter => parameter.Required).ToList() is [var required] ? required : parameters is [var only] ? only : null;

    // A misspelled name before "=" means that a pair was intended, not a text that contains "=".
    bool HasNames(Token word) =>
        IsPair(word) && SpellingHint.Nearest(word.Text[..word.Text.IndexOf('=')], parameters.Select(parameter => parameter.Name)) is not null;

    static bool IsPair(Token word) =>
        word.Text.IndexOf('=') > 0 && word.Text[..word.Text.IndexOf('=')].All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$');
}
