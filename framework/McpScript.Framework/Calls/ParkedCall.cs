using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Calls;

/// <summary>A handler that may ask its client, over several stateless requests.</summary>
sealed class ParkedCall
{
    const string ItemKey = "McpScript.ParkedCall";

    readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>();
    readonly CancellationTokenSource _ends = new();
    readonly TimeSpan _longest;
    readonly List<IDisposable> _registrations = [];
    Question? _open;
    string? _reason;

    public ParkedCall(string? principal, TimeSpan longest)
    {
        (Principal, _longest) = (principal, longest);
        Ends = _ends.Token;
    }

    /// <summary>Who began it; only he may go on.</summary>
    public string? Principal { get; }

    /// <summary>The call's log record; null if it is no tool call, or calls are not logged.</summary>
    public CallRecord? Record { get; set; }

    /// <summary>Why it ended, if it did so while it waited.</summary>
    public string WhyEnded => _reason ?? "the client did not answer in time.";

    /// <summary>Fires when the handler should give up.</summary>
    public CancellationToken Ends { get; }

    /// <summary>The handler, running or done.</summary>
    public Task Handler { get; private set; } = Task.CompletedTask;

    /// <summary>Makes it known to those who handle the request further in.</summary>
    public static void Attach(MessageContext request, ParkedCall call) => request.Items[ItemKey] = call;

    /// <summary>Ends the request's parked call when a generation retires: its code is not to wait for an answer any longer.</summary>
    public static void EndWith(MessageContext request, CancellationToken retiring)
    {
        // Not request.Items: reading it makes a dictionary for every call.
        if (request.JsonRpcMessage.Context?.Items?.TryGetValue(ItemKey, out var item) is true && item is ParkedCall call)
            call._registrations.Add(retiring.UnsafeRegister(static call => ((ParkedCall)call!).Retire(), call));
    }

    /// <summary>Takes the running handler.</summary>
    public void Start(Task handler)
    {
        Handler = handler;
        handler.ContinueWith(done =>
        {
            _questions.Writer.TryComplete();
            _registrations.ForEach(registration => registration.Dispose());
            // Nobody may be waiting any more; then nobody else looks at what it threw.
            _ = done.Exception;
        }, TaskScheduler.Default);
    }

    /// <summary>Asks the client and waits for its answer; called by the handler.</summary>
    public async Task<JsonNode?> AskAsync(string method, JsonNode? parameters, CancellationToken cancellationToken)
    {
        var question = new Question(new InputRequest { Method = method, Params = parameters is null ? null : JsonSerializer.SerializeToElement(parameters, McpJsonUtilities.DefaultOptions) });
        _questions.Writer.TryWrite(question);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ends);
        try
        {
            return await question.Answer.Task.WaitAsync(ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new McpException(WhyEnded);
        }
    }

    /// <summary>The next question, or null once the handler is done.</summary>
    public async Task<IDictionary<string, InputRequest>?> NextAsync()
    {
        if (_open is null)
        {
            if (!await _questions.Reader.WaitToReadAsync() || !_questions.Reader.TryRead(out _open))
                return null;
        }
        // The time runs while the client has the word; no timer is started for the many calls that ask nothing.
        _ends.CancelAfter(_longest);
        return new Dictionary<string, InputRequest> { [Key(_open)] = _open.Request };
    }

    /// <summary>Hands an answer to the handler; without a fitting one the question stays open and is asked again.</summary>
    public void Answer(IDictionary<string, InputResponse>? responses)
    {
        if (_open is not { } open || responses is null || !responses.TryGetValue(Key(open), out var response) || response.RawValue.ValueKind != JsonValueKind.Object)
            return;
        _open = null;
        _ends.CancelAfter(Timeout.InfiniteTimeSpan);
        open.Answer.TrySetResult(JsonNode.Parse(response.RawValue.GetRawText()));
    }

    /// <summary>Runs when it ends by time or by cancellation.</summary>
    public void OnEnd(Action action) => _registrations.Add(Ends.Register(action));

    /// <summary>Gives it up: the client is gone.</summary>
    public void Cancel() => _ends.Cancel();

    void Retire()
    {
        // Only a handler that waits for its client is ended; one that computes finishes on the code it started with.
        if (_open is null)
            return;
        _reason = "the plugin was reloaded while it waited for an answer; call again.";
        _ends.Cancel();
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
