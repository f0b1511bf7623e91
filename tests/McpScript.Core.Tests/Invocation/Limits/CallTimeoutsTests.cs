using McpScript.CallLog;
using static McpScript.Core.Tests.Invocation.Limits.CallLimitsTests;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>A call that takes too long is cancelled and answered, whether it listens or not; what it holds stays until it has ended.</summary>
public sealed class CallTimeoutsTests : IAsyncDisposable
{
    static readonly TimeSpan Quarter = TimeSpan.FromMilliseconds(250);

    readonly LimitedCalls _calls = new(new() { Timeout = new(0.25), Concurrency = new(1) });

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task A_call_that_ignores_cancellation_is_cancelled_and_answered_when_its_time_is_up()
    {
        var call = _calls.BeginAsync("say");
        var held = await _calls.NextAsync();
        _calls.Time.Advance(Quarter - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted || held.Token.IsCancellationRequested);

        _calls.Time.Advance(TimeSpan.FromMilliseconds(1));

        var answer = await call;
        Assert.Equal((true, "'say' did not finish within 0.25 s and was cancelled (limits.timeout)."), (answer.IsError, Text(answer)));
        Assert.Equal(CallErrorKind.TimedOut, _calls.Failure);
        Assert.True(held.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_call_that_observes_cancellation_is_answered_in_the_same_way()
    {
        var call = _calls.BeginAsync("say");
        (await _calls.NextAsync()).Listen();

        _calls.Time.Advance(Quarter);

        Assert.EndsWith("(limits.timeout).", Text(await call));
        await _calls.Time.UntilNoneIsOpenAsync();
    }

    [Fact]
    public async Task A_call_in_time_has_its_own_answer_and_leaves_no_timer_behind()
    {
        var call = _calls.BeginAsync("say");
        var held = await _calls.NextAsync();
        Assert.Equal(1, _calls.Time.Open);

        var answer = held.Answer();

        Assert.Same(answer, await call);
        Assert.Null(_calls.Failure);
        Assert.Equal(0, _calls.Time.Open);
        Assert.False(held.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_call_that_fails_in_time_fails_as_it_did()
    {
        var call = _calls.BeginAsync("say");

        (await _calls.NextAsync()).Ends.SetException(new InvalidOperationException("broken"));

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => call)).Message);
        Assert.Equal(0, _calls.Time.Open);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_by_its_caller_is_not_a_timeout()
    {
        using var caller = new CancellationTokenSource();
        var call = _calls.BeginAsync("say", caller.Token);
        (await _calls.NextAsync()).Listen();

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(_calls.Failure);
    }

    [Fact]
    public async Task A_caller_that_has_disconnected_gets_no_answer_about_the_timeout()
    {
        using var caller = new CancellationTokenSource();
        var call = _calls.BeginAsync("say", caller.Token);
        var held = await _calls.NextAsync();
        await caller.CancelAsync();
        _calls.Time.Advance(Quarter);

        held.Ends.SetCanceled(caller.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Waiting_for_a_turn_counts_toward_the_timeout_and_a_late_call_never_runs()
    {
        var first = _calls.BeginAsync("say");
        var holding = await _calls.NextAsync();
        _calls.Time.Advance(TimeSpan.FromMilliseconds(100));
        var (second, third) = (_calls.BeginAsync("again"), _calls.BeginAsync("say"));
        holding.Answer();
        var running = await _calls.NextAsync();
        Assert.Equal("done", Text(await first));

        _calls.Time.Advance(Quarter);

        Assert.Equal("'again' did not finish within 0.25 s and was cancelled (limits.timeout).", Text(await second));
        Assert.Equal("'say' did not finish within 0.25 s and was cancelled (limits.timeout).", Text(await third));
        // The second runs on; the third, which never had its turn, has left the queue.
        running.Answer();
        _ = _calls.BeginAsync("again");
        Assert.Equal("again", (await _calls.NextAsync()).Tool);
        Assert.Equal(3, _calls.Reached);
    }

    [Fact]
    public async Task A_call_that_ignores_cancellation_keeps_its_slot_until_it_has_ended()
    {
        var late = _calls.BeginAsync("say");
        var held = await _calls.NextAsync();
        _calls.Time.Advance(Quarter);
        await late;
        var next = _calls.BeginAsync("again");
        Assert.Equal(1, _calls.Reached);

        held.Answer("too late");

        (await _calls.NextAsync()).Answer("in time");
        Assert.Equal("in time", Text(await next));
        await _calls.Time.UntilNoneIsOpenAsync();
    }

    [Fact]
    public async Task A_call_that_fails_after_its_timeout_leaves_nothing_behind()
    {
        var late = _calls.BeginAsync("say");
        var held = await _calls.NextAsync();
        _calls.Time.Advance(Quarter);
        await late;

        held.Ends.SetException(new InvalidOperationException("too late"));

        await _calls.Time.UntilNoneIsOpenAsync();
    }

    [Fact]
    public async Task A_result_that_is_too_large_is_reported_for_a_call_with_a_time_limit_too()
    {
        await using var calls = new LimitedCalls(new() { Timeout = new(1), MaxResult = new(1) });

        Assert.Contains("limits.max_result", Text(await calls.AnswerAsync("say", "123")));
    }
}
