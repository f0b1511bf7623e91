using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpScript.Model;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>A handler that can send requests to its client across several stateless requests (SEP-2322). Thread-safe.</summary>
/// <param name="caller">The caller that started it; only this caller may resume it.</param>
/// <param name="longest">Time that the client has for each answer.</param>
sealed class SuspendedCall(CallerIdentity? caller, TimeSpan longest)
{
    readonly Lock _lock = new();
    readonly CancellationTokenSource _ends = new();
    CancellationToken _retiring;
    Leases? _generation;
    CancellationTokenRegistration _onEnd;
    // Created on demand: most handlers send no request to the client.
    Channel<Question>? _questions;
    Question? _open;
    bool _done;

    /// <summary>The caller that started it; only this caller may resume it.</summary>
    public CallerIdentity? Caller => caller;

    /// <summary>Fires when the handler must stop.</summary>
    public CancellationToken Ends => _ends.Token;

    /// <summary>The handler's task; null once no request can get its result any more.</summary>
    public Task? Handler { get; private set; }

    /// <summary>Record for the call log; null if it is not a tool call, or calls are not logged.</summary>
    public CallRecord? Record { get; set; }

    /// <summary>Returns the reason why a request may not resume the handler, or null if it may. Null if there is no check.</summary>
    public Func<InvocationContext, string?>? Guard { get; set; }

    /// <summary>Reason why it ended while it waited.</summary>
    public string WhyEnded => Over ?? "the client did not answer in time.";

    /// <summary>Reason why no answer can reach the handler any more; null while one can.</summary>
    // By the leases, which close with the swap. The token fires later, so by the token the result for an answer in between would depend on timing.
    public string? Over => _generation is { IsClosed: true } ? "the plugin was reloaded while it waited for an answer; call again." : null;

    /// <summary>Ends its wait for an answer when a generation retires. A running handler continues.</summary>
    /// <param name="generation">The generation's leases.</param>
    /// <param name="retiring">Fires once they are closed.</param>
    public void EndWith(Leases generation, CancellationToken retiring) => (_generation, _retiring) = (generation, retiring);

    /// <summary>Sets the running handler.</summary>
    public void Start(Task handler)
    {
        Handler = handler;
        if (handler.IsCompleted)
            Done();
        else
        {
            handler.ContinueWith(
                static (_, call) => ((SuspendedCall)call!).Done(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    /// <summary>Sends a request to the client and waits for the answer; called by the handler.</summary>
    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ends, _retiring);
        try
        {
            ends.Token.ThrowIfCancellationRequested();
            var json = parameters is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(parameters, McpJsonUtilities.DefaultOptions);
            var question = new Question(new InputRequest { Method = method, Params = json });
            Questions().Writer.TryWrite(question);
            return await question.Answer.Task.WaitAsync(ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Not cancelled by the handler: no answer will arrive.
            throw new McpException(WhyEnded);
        }
    }

    /// <summary>Waits for the next request to the client; returns null once the handler has completed.</summary>
    public async ValueTask<IDictionary<string, InputRequest>?> NextAsync()
    {
        while (_open is null)
        {
            if (Handler is not { IsCompleted: false })
                return null;
            var questions = Questions().Reader;
            if (!await questions.WaitToReadAsync())
                return null;
            // If the generation has retired, no answer can reach the handler; waits for its next step instead.
            if (questions.TryRead(out var question) && Over is null)
                _open = question;
        }
        // The timeout runs only while waiting for the client; the many calls without requests start no timer.
        _ends.CancelAfter(longest);
        return new Dictionary<string, InputRequest> { [Key(_open)] = _open.Request };
    }

    /// <summary>Passes an answer to the handler. If it does not match the open request, the request stays open and is sent again.</summary>
    public void Answer(IDictionary<string, InputResponse>? responses)
    {
        if (_open is not { } open || responses is null
            || !responses.TryGetValue(Key(open), out var response) || response.RawValue.ValueKind != JsonValueKind.Object)
            return;
        _open = null;
        _ends.CancelAfter(Timeout.InfiniteTimeSpan);
        open.Answer.TrySetResult(JsonNode.Parse(response.RawValue.GetRawText()));
    }

    /// <summary>Sets the action to run when it ends by timeout or cancellation; replaces the previous one.</summary>
    public void OnEnd(Action action)
    {
        _onEnd.Unregister();
        _onEnd = Ends.UnsafeRegister(static action => ((Action)action!)(), action);
    }

    /// <summary>Cancels the handler: the client has disconnected.</summary>
    public void Cancel() => _ends.Cancel();

    void Done()
    {
        // Marks the exception as observed: there may be no request that awaits the handler.
        _ = Handler!.Exception;
        // The task references the plugin's methods and would keep a retired generation in memory until the client's next request.
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
