using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpScript.CallLog;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>
/// Multi-round-trip requests of stateless clients (SEP-2322): a handler that sends a request to its client is suspended, the client answers with its next
/// request, and the handler continues. Thread-safe.
/// </summary>
/// <remarks>
/// In a session the SDK sends requests to the client itself. The SDK can suspend handlers over stdio too, but without a time limit, even in a retired
/// generation. A suspended handler outlives its HTTP request, so it is bounded: in number (1000), in time (10 minutes for each answer), and by its
/// generation.
/// </remarks>
sealed class InputRequiredFlow : ICallFilter
{
    const string StatePrefix = "parked:";
    const int Most = 1000;

    static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, SuspendedCall> _suspended = new();

    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        if (ProtocolVersions.HasSession(call.Request.Server.NegotiatedProtocolVersion))
            return next(call, cancellationToken);
        if (IsAnswer(call.Request.Params))
            return ResumeAsync<CallToolRequestParams, CallToolResult>(call, call.Request, cancellationToken);
        var suspendable = Begin(call);
        return FirstAsync(suspendable, next(call, suspendable.Ends), cancellationToken);
    }

    /// <summary>Runs a handler, or resumes a suspended one.</summary>
    /// <param name="context">State of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="run">Runs the handler.</param>
    /// <param name="cancellationToken">Token of the request.</param>
    public ValueTask<TResult> RunAsync<TParams, TResult>(
        InvocationContext context, RequestContext<TParams> request, Func<CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
        where TParams : RequestParams
    {
        if (ProtocolVersions.HasSession(request.Server.NegotiatedProtocolVersion))
            return run(cancellationToken);
        if (IsAnswer(request.Params))
            return ResumeAsync<TParams, TResult>(context, request, cancellationToken);
        var suspendable = Begin(context);
        return FirstAsync(suspendable, run(suspendable.Ends), cancellationToken);
    }

    static bool IsAnswer(RequestParams? request) => request?.RequestState is { } state && state.StartsWith(StatePrefix, StringComparison.Ordinal);

    static SuspendedCall Begin(InvocationContext context) => context.Suspended = new(context.Caller, MaxWait) { Record = context.Record };

    ValueTask<TResult> FirstAsync<TResult>(SuspendedCall call, ValueTask<TResult> running, CancellationToken cancellationToken)
    {
        // Most handlers send no request to the client, and many complete at once: then there is nothing to suspend.
        if (running.IsCompletedSuccessfully)
            return running;
        call.Start(running.AsTask());
        return NextAsync<TResult>(call, cancellationToken);
    }

    async ValueTask<TResult> ResumeAsync<TParams, TResult>(
        InvocationContext context, RequestContext<TParams> request, CancellationToken cancellationToken)
        where TParams : RequestParams =>
        await NextAsync<TResult>(Resume(request.Params!.RequestState!, context, request), cancellationToken);

    SuspendedCall Resume<TParams>(string state, InvocationContext context, RequestContext<TParams> request) where TParams : RequestParams
    {
        // Removed, so that each answer resumes one handler, however often it is sent; another caller cannot remove it.
        if (!_suspended.TryGetValue(state, out var call) || call.Caller != context.Caller || !_suspended.TryRemove(KeyValuePair.Create(state, call)))
        {
            throw new McpProtocolException(
                "The requestState is not known: it was used already, has expired, or the server was restarted. Call again without it.",
                McpErrorCode.InvalidParams);
        }
        context.Record?.Continue(call.Record);
        if (call.Over is { } why)
        {
            context.Record?.Failure = CallErrorKind.Cancelled;
            throw new McpException(why);
        }
        if (call.Guard?.Invoke(context) is { } refusal)
        {
            // The gate has locked since the handler was suspended, so it must not continue.
            call.Cancel();
            context.Record?.Failure = CallErrorKind.Refused;
            throw new McpException(refusal);
        }
        call.Answer(request.Params!.InputResponses);
        return call;
    }

    async ValueTask<TResult> NextAsync<TResult>(SuspendedCall call, CancellationToken cancellationToken)
    {
        using var dropped = cancellationToken.UnsafeRegister(static call => ((SuspendedCall)call!).Cancel(), call);
        if (await call.NextAsync() is not { } question)
            return await (call.Handler as Task<TResult> ?? throw new McpException(call.Over!));
        if (_suspended.Count >= Most)
        {
            call.Cancel();
            throw new McpException("too many calls are waiting for their clients' answers; try again later.");
        }
        var state = StatePrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _suspended[state] = call;
        call.OnEnd(() =>
        {
            // Ended while it was suspended: no request will finish its record.
            if (_suspended.TryRemove(state, out _))
                call.Record?.Abandon(call.WhyEnded);
        });
        throw new InputRequiredException(question, state);
    }
}
