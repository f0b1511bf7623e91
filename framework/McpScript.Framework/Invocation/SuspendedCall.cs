using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpScript.Model;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>Handler that may ask its client over several stateless requests (SEP-2322). Thread-safe.</summary>
/// <param name="caller">The caller who began it, and the only one who may resume it.</param>
/// <param name="longest">Time that the client has to answer each question.</param>
sealed class SuspendedCall(CallerIdentity? caller, TimeSpan longest)
{
    readonly Lock _lock = new();
    readonly CancellationTokenSource _ends = new();
    CancellationToken _retiring;
    Leases? _generation;
    CancellationTokenRegistration _onEnd;
    // Created on demand: most handlers ask nothing.
    Channel<Question>? _questions;
    Question? _open;
    bool _done;

    /// <summary>The caller who began it, and the only one who may resume it.</summary>
    public CallerIdentity? Caller => caller;

    /// <summary>Fires when the handler should give up.</summary>
    public CancellationToken Ends => _ends.Token;

    /// <summary>The handler, running or done; null once its result can reach no request any more.</summary>
    public Task? Handler { get; private set; }

    /// <summary>Record for the call log; null if it is no tool call, or calls are not logged.</summary>
    public CallRecord? Record { get; set; }

    /// <summary>Returns why a request may not resume the handler, or null if it may; null if every request of the caller may.</summary>
    public Func<InvocationContext, string?>? Guard { get; set; }

    /// <summary>Reason of its end while it waited.</summary>
    public string WhyEnded => Over ?? "the client did not answer in time.";

    /// <summary>Reason why no answer reaches the handler any more; null while one does.</summary>
    // The leases close with the swap; the token fires a moment later, and an answer that came in between would decide by chance.
    public string? Over => _generation is { IsClosed: true } ? "the plugin was reloaded while it waited for an answer; call again." : null;

    /// <summary>Ends its waiting when a generation retires. A handler that is computing goes on.</summary>
    /// <param name="generation">The generation's leases.</param>
    /// <param name="retiring">Fires once they are closed.</param>
    public void EndWith(Leases generation, CancellationToken retiring) => (_generation, _retiring) = (generation, retiring);

    /// <summary>Takes the running handler.</summary>
    public void Start(Task handler)
    {
        Handler = handler;
        if (handler.IsCompleted)
            Done();
        else
            handler.ContinueWith(static (_, call) => ((SuspendedCall)call!).Done(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Asks the client and waits for its answer; called by the handler.</summary>
    public async Task<JsonNode?> AskAsync(string method, JsonNode? parameters, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ends, _retiring);
        try
        {
            ends.Token.ThrowIfCancellationRequested();
            var question = new Question(new InputRequest { Method = method, Params = parameters is null ? null : JsonSerializer.SerializeToElement(parameters, McpJsonUtilities.DefaultOptions) });
            Questions().Writer.TryWrite(question);
            return await question.Answer.Task.WaitAsync(ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Not cancelled by the handler: there will be no answer.
            throw new McpException(WhyEnded);
        }
    }

    /// <summary>The next question, or null once the handler is done.</summary>
    public async ValueTask<IDictionary<string, InputRequest>?> NextAsync()
    {
        while (_open is null)
        {
            if (Handler is not { IsCompleted: false })
                return null;
            var questions = Questions().Reader;
            if (!await questions.WaitToReadAsync())
                return null;
            // The generation has retired, so no answer reaches the handler; its next step follows.
            if (questions.TryRead(out var question) && Over is null)
                _open = question;
        }
        // The timeout runs only while waiting for the client; the many calls that ask nothing start no timer.
        _ends.CancelAfter(longest);
        return new Dictionary<string, InputRequest> { [Key(_open)] = _open.Request };
    }

    /// <summary>Passes an answer to the handler. Without a fitting one the question stays open and is asked again.</summary>
    public void Answer(IDictionary<string, InputResponse>? responses)
    {
        if (_open is not { } open || responses is null || !responses.TryGetValue(Key(open), out var response) || response.RawValue.ValueKind != JsonValueKind.Object)
            return;
        _open = null;
        _ends.CancelAfter(Timeout.InfiniteTimeSpan);
        open.Answer.TrySetResult(JsonNode.Parse(response.RawValue.GetRawText()));
    }

    /// <summary>Sets the action that runs when it ends by timeout or cancellation; replaces the previous one.</summary>
    public void OnEnd(Action action)
    {
        _onEnd.Unregister();
        _onEnd = Ends.UnsafeRegister(static action => ((Action)action!)(), action);
    }

    /// <summary>Cancels the handler: the client is gone.</summary>
    public void Cancel() => _ends.Cancel();

    void Done()
    {
        // Marks the exception as observed: there may be no request left to await the handler.
        _ = Handler!.Exception;
        // The task references the plugin's methods and would keep an old generation alive until the client comes back.
        if (Over is not null && _open is not null)
            Handler = null;
        lock (_lock)
        {
            _done = true;
            _questions?.Writer.TryComplete();
        }
    }

    Channel<Question> Questions()
    {
        lock (_lock)
        {
            _questions ??= Channel.CreateUnbounded<Question>();
            if (_done)
                _questions.Writer.TryComplete();
            return _questions;
        }
    }

    static string Key(Question question) => question.Request.Method switch
    {
        RequestMethods.ElicitationCreate => "elicitation",
        RequestMethods.SamplingCreateMessage => "sampling",
        RequestMethods.RootsList => "roots",
        var other => other,
    };

    sealed record Question(InputRequest Request)
    {
        public TaskCompletionSource<JsonNode?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
