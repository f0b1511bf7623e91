using System.Text.Json;
using McpScript.Client.Errors;

namespace McpScript.Client.Arguments;

/// <summary>
/// Makes arguments of what a person has typed after a name: JSON, <c>name=value</c> pairs, or plainly the value if there is only one to give.
/// </summary>
/// <param name="of">What takes them: <c>Tool 'echo'</c>.</param>
/// <param name="parameters">What it takes.</param>
/// <param name="open">True if it may take names beyond those.</param>
sealed class ArgumentReader(string of, IReadOnlyList<Parameter> parameters, bool open = false)
{
    /// <summary>The arguments of a typed text.</summary>
    /// <exception cref="UserError">They cannot be read; with all problems.</exception>
    public Dictionary<string, JsonElement> Read(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
            return [];
        if (text.StartsWith('{') && Json.TryRead(text) is { ValueKind: JsonValueKind.Object } whole)
            return whole.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        return Read(Tokens.Parse(text), text);
    }

    /// <summary>The arguments of words that a shell has cut already.</summary>
    /// <exception cref="UserError">They cannot be read; with all problems.</exception>
    public Dictionary<string, JsonElement> Read(IReadOnlyList<string> words) => words is [var only]
        ? only.TrimStart().StartsWith('{') ? Read(only) : Read([new(only, 0, 0, null)], only)
        : Read([.. words.Select(word => new Token(word, 0, 0, null))], string.Join(' ', words));

    /// <summary>The required ones that are not there.</summary>
    public IReadOnlyList<Parameter> Missing(IReadOnlyDictionary<string, JsonElement> arguments) => [.. parameters.Where(parameter => parameter.Required && !arguments.ContainsKey(parameter.Name))];

    /// <summary>Complains that required ones are missing.</summary>
    public UserError AboutMissing(IReadOnlyList<Parameter> missing) => UserError.Usage($"{of} was not called.",
        [.. missing.Select(parameter => $"'{parameter.Name}' is missing: {parameter.Schema.Type}{(parameter.Description is { } description ? $", {description}" : "")}")],
        $"Give {(missing.Count == 1 ? "it" : "them")} as {string.Join(' ', missing.Select(parameter => $"{parameter.Name}=…"))}");

    Dictionary<string, JsonElement> Read(IReadOnlyList<Token> words, string text)
    {
        if (words is [.., { Open: { } quote }] && LooksNamed(words[0]))
            throw UserError.Usage($"{of} was not called.", [$"a quote is never closed: {quote}"], $"Close it, or put a backslash before it: \\{quote}");
        if (LooksNamed(words[0]) || words.All(IsPair) && parameters.Count != 1)
            return Pairs(words);
        return TheOne() is { } one ? new() { [one.Name] = Value(one, text) } : throw NotPairs(words);
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
        return problems.Count == 0 ? arguments : throw UserError.Usage($"{of} was not called.", problems, Cure());
    }

    // Puts one in; said twice, an array gets both.
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
        // Quotes around the whole are the typist's, not the text's.
        var typed = Tokens.Parse(text) is [{ Open: null } single] && text[0] is '"' or '\'' ? Tokens.Parse(text)[0].Text : text;
        var (value, problem) = ValueReader.Read(typed, parameter.Schema);
        return value ?? throw UserError.Usage($"{of} was not called.", [$"'{parameter.Name}' {problem}"], Cure());
    }

    UserError NotPairs(IReadOnlyList<Token> words) => parameters.Count == 0
        ? UserError.Usage($"{of} was not called.", ["it takes no arguments"], "Leave them out.")
        : UserError.Usage($"{of} was not called.", [.. words.Where(word => !IsPair(word)).Take(3).Select(word => $"'{word.Text}' is no name=value pair")], Cure());

    string Cure() => parameters.Count == 0 ? "It takes no arguments." : $"It takes {string.Join(' ', parameters.Select(parameter => parameter.Required ? $"{parameter.Name}=…" : $"[{parameter.Name}=…]"))}, or one JSON object.";

    // The one value to give: the only one required, or the only one there is.
    Parameter? TheOne() => parameters.Where(parameter => parameter.Required).ToList() is [var required] ? required : parameters is [var only] ? only : null;

    // A name that is nearly right is not meant as a text, either.
    bool LooksNamed(Token word) => IsPair(word) && SpellingHint.Nearest(word.Text[..word.Text.IndexOf('=')], parameters.Select(parameter => parameter.Name)) is not null;

    static bool IsPair(Token word) => word.Text.IndexOf('=') > 0 && word.Text[..word.Text.IndexOf('=')].All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$');
}
