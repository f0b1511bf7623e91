using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Output;
using McpScript.Client.Terminal;

namespace McpScript.Client.Input;

/// <summary>Prompts the user for the values of parameters, each until it is valid.</summary>
sealed class ParameterPrompt(IScreen screen)
{
    /// <summary>Prompts for the value of each parameter in turn.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="complete">Requests completions by parameter, typed beginning and values entered so far; null to complete from the schema only.</param>
    /// <param name="cancellationToken">Cancels the prompt.</param>
    /// <returns>The values entered, and the key that ended the last line: anything but Enter means that the user gave up.</returns>
    public async Task<(Dictionary<string, JsonElement> Values, LineEnd End)> ReadAsync(
        IEnumerable<Parameter> parameters,
        Func<Parameter, string, IReadOnlyDictionary<string, JsonElement>, CancellationToken, Task<IReadOnlyList<string>>>? complete,
        CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var parameter in parameters)
        {
            var completer = new AnswerCompleter(parameter, complete is null ? null : (typed, ct) => complete(parameter, typed, values, ct));
            var (value, end) = await ReadAsync(parameter, completer, cancellationToken);
            if (end != LineEnd.Entered)
                return (values, end);
            if (value is { } given)
                values[parameter.Name] = given;
        }
        return (values, LineEnd.Entered);
    }

    /// <summary>Prompts for yes or no; Enter means yes.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        var typed = await screen.ReadLineAsync(new($"{question} [Y/n] "), cancellationToken);
        return typed.Entered?.Trim().ToLowerInvariant() is "" or "y" or "yes";
    }

    async Task<(JsonElement? Value, LineEnd End)> ReadAsync(Parameter parameter, ICompleter completer, CancellationToken cancellationToken)
    {
        if (parameter.Description is { } description)
            screen.Say($"  [grey]{TerminalEscaping.MarkupLine(description)}[/]");
        while (true)
        {
            var typed = await screen.ReadLineAsync(new(TerminalEscaping.Printable(Prompt(parameter)), completer), cancellationToken);
            if (typed.End != LineEnd.Entered)
                return (null, typed.End);
            // A quoted text keeps its blanks and may be empty.
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

    static string Prompt(Parameter parameter) => $"  {parameter.Name} {SchemaText.Describe(parameter with { Description = null })}: ";
}
