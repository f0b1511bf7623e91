using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpScript.CallLog;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>Lets a handler ask the client in the middle of a call in the era without sessions too: the handler is parked, the client answers with its next request, the handler goes on.</summary>
/// <remarks>
/// In a session the SDK asks by a request of its own. Over stdio it could park handlers too, but would let them wait for ever in an old generation. A parked handler outlives its HTTP request, so it is bounded: in number, in time, and by the
/// generation it runs in.
/// </remarks>
sealed class InputRounds
{
    const string StatePrefix = "parked:";
    const int Most = 1000;

    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, ParkedCall> _parked = new();

    /// <summary>Runs a handler, or goes on with a parked one.</summary>
    /// <param name="request">The request, whose server is replaced where asking needs it.</param>
    /// <param name="run">Runs the handler.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async ValueTask<TResult> RunAsync<TParams, TResult>(
        RequestContext<TParams> request, Func<RequestContext<TParams>, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
        where TParams : RequestParams
    {
        if (ProtocolEra.HasSession(request.Server.NegotiatedProtocolVersion))
            return await run(request, cancellationToken);
        if (request.Params?.RequestState is { } state && state.StartsWith(StatePrefix, StringComparison.Ordinal))
            return await NextAsync<TResult>(Resume(state, request), cancellationToken);
        var call = new ParkedCall(PrincipalName.Of(request.User), LongestWait) { Record = CallRecord.Of(request) };
        request.Server = new AskingServer(request.Server, request.JsonRpcRequest.Context?.ClientCapabilities, call);
        var running = run(request, call.Ends);
        // Most handlers ask nothing, and many are done at once: then there is nothing to park.
        if (running.IsCompletedSuccessfully)
            return running.Result;
        call.Start(running.AsTask());
        return await NextAsync<TResult>(call, cancellationToken);
    }

    ParkedCall Resume<TParams>(string state, RequestContext<TParams> request) where TParams : RequestParams
    {
        // Taken out, so that one answer goes to one handler, however often it is sent; but not by somebody else.
        if (!_parked.TryGetValue(state, out var call) || call.Principal != PrincipalName.Of(request.User) || !_parked.TryRemove(KeyValuePair.Create(state, call)))
            throw new McpProtocolException("The requestState is not known: it was used already, has expired, or the server was restarted. Call again without it.", McpErrorCode.InvalidParams);
        CallRecord.Of(request)?.Continue(call.Record);
        if (call.Over is { } why)
        {
            CallRecord.Of(request)?.Failure = CallErrorKind.Cancelled;
            throw new McpException(why);
        }
        if (call.Guard?.Invoke(request) is { } refusal)
        {
            // Locked meanwhile: what was let in then is not let go on now.
            call.Cancel();
            CallRecord.Of(request)?.Failure = CallErrorKind.Refused;
            throw new McpException(refusal);
        }
        call.Answer(request.Params!.InputResponses);
        return call;
    }

    async ValueTask<TResult> NextAsync<TResult>(ParkedCall call, CancellationToken cancellationToken)
    {
        using var dropped = cancellationToken.UnsafeRegister(static call => ((ParkedCall)call!).Cancel(), call);
        if (await call.NextAsync() is not { } question)
            return await (call.Handler as Task<TResult> ?? throw new McpException(call.Over!));
        if (_parked.Count >= Most)
        {
            call.Cancel();
            throw new McpException("too many calls are waiting for their clients' answers; try again later.");
        }
        var state = StatePrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _parked[state] = call;
        call.OnEnd(() =>
        {
            // Ended while it waited: no request is left that could finish it.
            if (_parked.TryRemove(state, out _))
                call.Record?.Abandon(call.WhyEnded);
        });
        throw new InputRequiredException(question, state);
    }
}
