using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Terminal;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Input;

/// <summary>Lets the user answer what a server asks in the middle of a call.</summary>
sealed class TerminalClientHandlers(IScreen screen) : IClientHandlers
{
    readonly ParameterPrompt _questions = new(screen);
    readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public async ValueTask<ElicitResult> ElicitAsync(ElicitRequestParams? question, CancellationToken cancellationToken)
    {
        // A server may ask several things at once; a person answers one after the other.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return question?.Mode == "url" ? await AskForVisitAsync(question, cancellationToken) : await AskFormAsync(question ?? new() { Message = "" }, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CreateMessageResult> SampleAsync(CreateMessageRequestParams? question, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await StandInAsync(question, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task<ElicitResult> AskFormAsync(ElicitRequestParams question, CancellationToken cancellationToken)
    {
        screen.Say($"[bold]The server asks: {TerminalEscaping.MarkupLine(question.Message)}[/] [grey](Ctrl-D declines, Ctrl-C cancels)[/]");
        var fields = question.RequestedSchema is { } schema ? Parameter.Of(JsonSerializer.SerializeToElement(schema, McpJsonUtilities.DefaultOptions)) : [];
        if (fields.Count == 0)
            return await YesOrNoAsync("  Accept?", cancellationToken);
        var (values, end) = await _questions.AskAsync(fields, null, cancellationToken);
        return Result(end, values);
    }

    async Task<ElicitResult> AskForVisitAsync(ElicitRequestParams question, CancellationToken cancellationToken)
    {
        screen.Say($"[bold]The server asks: {TerminalEscaping.MarkupLine(question.Message)}[/]");
        screen.Say($"  Open this in a browser, if you trust it: [underline]{TerminalEscaping.MarkupLine(question.Url ?? "(no URL)")}[/]");
        return await YesOrNoAsync("  Opened?", cancellationToken);
    }

    async Task<ElicitResult> YesOrNoAsync(string question, CancellationToken cancellationToken)
    {
        var typed = await screen.ReadLineAsync(new($"{question} [Y/n] "), cancellationToken);
        return typed.Entered is { } answer && answer.Trim().ToLowerInvariant() is not ("" or "y" or "yes") ? new() { Action = "decline" } : Result(typed.End);
    }

    async Task<CreateMessageResult> StandInAsync(CreateMessageRequestParams? question, CancellationToken cancellationToken)
    {
        screen.Say("[bold]The server asks the model, for which you stand in:[/] [grey](an empty line, Ctrl-D or Ctrl-C refuses)[/]");
        if (question?.SystemPrompt is { } system)
            screen.Text($"  system: {system}");
        foreach (var message in question?.Messages ?? [])
            foreach (var block in message.Content)
                screen.Text($"  {message.Role.ToString().ToLowerInvariant()}: {(block is TextContentBlock text ? text.Text : $"[{block.Type}]")}");
        var typed = await screen.ReadLineAsync(new("  answer: "), cancellationToken);
        return typed.Entered is { Length: > 0 } answer
            ? new() { Role = Role.Assistant, Model = "a person at mcp-client", Content = [new TextContentBlock { Text = answer }], StopReason = "endTurn" }
            : throw new McpProtocolException("The user refused to answer for the model.", McpErrorCode.InvalidRequest);
    }

    static ElicitResult Result(LineEnd end, Dictionary<string, JsonElement>? values = null) => end switch
    {
        LineEnd.Entered => new() { Action = "accept", Content = values },
        LineEnd.Closed => new() { Action = "decline" },
        _ => new() { Action = "cancel" },
    };
}
