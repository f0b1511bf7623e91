using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Terminal;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Input;

/// <summary>Handles requests of the server by prompting the user.</summary>
sealed class TerminalClientHandlers(IScreen screen) : IClientHandlers
{
    readonly ParameterPrompt _prompt = new(screen);
    readonly SemaphoreSlim _oneAtATime = new(1);

    /// <inheritdoc/>
    public async ValueTask<ElicitResult> ElicitAsync(ElicitRequestParams? request, CancellationToken cancellationToken)
    {
        // A server may send several requests at once; the user answers one after the other.
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return request?.Mode == "url"
                ? await ElicitUrlAsync(request, cancellationToken)
                : await ElicitFormAsync(request ?? new() { Message = "" }, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CreateMessageResult> SampleAsync(CreateMessageRequestParams? request, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await AnswerForModelAsync(request, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    async Task<ElicitResult> ElicitFormAsync(ElicitRequestParams request, CancellationToken cancellationToken)
    {
        screen.Say($"[bold]The server asks: {TerminalEscaping.MarkupLine(request.Message)}[/] [grey](Ctrl-D declines, Ctrl-C cancels)[/]");
        var fields = request.RequestedSchema is { } schema
            ? Parameter.Of(JsonSerializer.SerializeToElement(schema, McpJsonUtilities.DefaultOptions))
            : [];
        if (fields.Count == 0)
            return await YesOrNoAsync("  Accept?", cancellationToken);
        var (values, end) = await _prompt.ReadAsync(fields, null, cancellationToken);
        return Result(end, values);
    }

    async Task<ElicitResult> ElicitUrlAsync(ElicitRequestParams request, CancellationToken cancellationToken)
    {
        screen.Say($"[bold]The server asks: {TerminalEscaping.MarkupLine(request.Message)}[/]");
        screen.Say($"  Open this in a browser, if you trust it: [underline]{TerminalEscaping.MarkupLine(request.Url ?? "(no URL)")}[/]");
        return await YesOrNoAsync("  Opened?", cancellationToken);
    }

    async Task<ElicitResult> YesOrNoAsync(string question, CancellationToken cancellationToken)
    {
        var typed = await screen.ReadLineAsync(new($"{question} [Y/n] "), cancellationToken);
        return typed.Entered is { } answer && answer.Trim().ToLowerInvariant() is not ("" or "y" or "yes") ? new() { Action = "decline" } : Result(typed.End);
    }

    async Task<CreateMessageResult> AnswerForModelAsync(CreateMessageRequestParams? request, CancellationToken cancellationToken)
    {
        screen.Say("[bold]The server asks the model; you answer for it:[/] [grey](an empty line, Ctrl-D or Ctrl-C refuses)[/]");
        if (request?.SystemPrompt is { } system)
            screen.Text($"  system: {system}");
        foreach (var message in request?.Messages ?? [])
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
