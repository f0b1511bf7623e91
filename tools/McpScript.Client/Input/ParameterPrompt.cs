using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Output;
using McpScript.Client.Terminal;

namespace McpScript.Client.Input;

/// <summary>Asks the user for values, one after the other, until each fits.</summary>
sealed class ParameterPrompt(IScreen screen)
{
    /// <summary>Asks for all of these.</summary>
    /// <param name="parameters">What to ask for.</param>
    /// <param name="complete">How a value could go on, beyond what its schema says; given what is already answered.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The values; or how the user ended it.</returns>
    public async Task<(Dictionary<string, JsonElement> Values, LineEnd End)> AskAsync(
        IEnumerable<Parameter> parameters, Func<Parameter, string, IReadOnlyDictionary<string, JsonElement>, CancellationToken, Task<IReadOnlyList<string>>>? complete, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var parameter in parameters)
        {
            var (value, end) = await AskAsync(parameter, new AnswerCompleter(parameter, complete is null ? null : (typed, ct) => complete(parameter, typed, values, ct)), cancellationToken);
            if (end != LineEnd.Entered)
                return (values, end);
            if (value is { } given)
                values[parameter.Name] = given;
        }
        return (values, LineEnd.Entered);
    }

    /// <summary>Asks yes or no; Enter says yes.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken) =>
        (await screen.ReadLineAsync(new($"{question} [Y/n] "), cancellationToken)).Entered is { } answer && answer.Trim().ToLowerInvariant() is "" or "y" or "yes";

    async Task<(JsonElement? Value, LineEnd End)> AskAsync(Parameter parameter, ICompleter completer, CancellationToken cancellationToken)
    {
        if (parameter.Description is { } description)
            screen.Say($"  [grey]{TerminalEscaping.MarkupLine(description)}[/]");
        while (true)
        {
            var typed = await screen.ReadLineAsync(new(TerminalEscaping.Printable(Prompt(parameter)), completer), cancellationToken);
            if (typed.End != LineEnd.Entered)
                return (null, typed.End);
            // Quotes say that blanks, or nothing at all, are meant.
            var text = Tokens.Parse(typed.Text) is [{ Open: null } only] && typed.Text.Trim() is ['"' or '\'', ..] ? only.Text : typed.Text.Trim();
            if (typed.Text.Trim().Length == 0)
            {
                if (parameter.Schema.Default is { } preset)
                    return (preset, LineEnd.Entered);
                if (!parameter.Required)
                    return (null, LineEnd.Entered);
                screen.Note($"  [red]It is required.[/] For an empty text, type \"\".");
                continue;
            }
            var (value, problem) = ValueReader.Read(text, parameter.Schema);
            if (value is not null)
                return (value, LineEnd.Entered);
            screen.Note($"  [red]{TerminalEscaping.MarkupLine($"It {problem}.")}[/]");
        }
    }

    static string Prompt(Parameter parameter) => $"  {SchemaText.Describe(parameter with { Description = null })}: ".Replace($"[{parameter.Schema.Type}]", $"{parameter.Name} [{parameter.Schema.Type}]");
}
