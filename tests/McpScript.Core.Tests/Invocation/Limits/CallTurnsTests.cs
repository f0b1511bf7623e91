using McpScript.CallLog;
using static McpScript.Core.Tests.Invocation.Limits.CallLimitsTests;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>Calls of one plugin wait for each other, the oldest first; other plugins and the host go on.</summary>
public class CallTurnsTests
{
    [Fact]
    public async Task As_many_calls_as_allowed_run_at_once_in_one_plugin_whatever_its_tools()
    {
        await using var calls = new LimitedCalls(new() { Concurrency = new(2) });
        Task[] all = [calls.BeginAsync("say"), calls.BeginAsync("again"), calls.BeginAsync("say"), calls.BeginAsync("again")];
        var (first, second) = (await calls.NextAsync(), await calls.NextAsync());
        Assert.Equal(("say", "again", 2), (first.Tool, second.Tool, calls.Reached));

        second.Answer();
        var third = await calls.NextAsync();
        Assert.Equal(("say", 3), (third.Tool, calls.Reached));
        first.Answer();
        var fourth = await calls.NextAsync();
        Assert.Equal("again", fourth.Tool);

        third.Answer();
        fourth.Answer();
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task A_busy_plugin_delays_neither_other_plugins_nor_the_host()
    {
        await using var calls = new LimitedCalls(new() { Concurrency = new(1) });
        foreach (var tool in new[] { "say", "again", "work", "own", "own" })
            _ = calls.BeginAsync(tool);

        foreach (var tool in new[] { "say", "work", "own", "own" })
            Assert.Equal(tool, (await calls.NextAsync()).Tool);
        Assert.Equal(4, calls.Reached);
    }

    [Fact]
    public async Task A_call_that_finds_the_queue_full_is_refused()
    {
        await using var calls = new LimitedCalls(new() { Concurrency = new(1), Queue = 1 });
        _ = calls.BeginAsync("say");
        var waiting = calls.BeginAsync("again");

        var refused = await calls.BeginAsync("say");

        Assert.Equal((true, "Rejected: plugin 'echo' is busy, and too many calls wait for it already; try again later."), (refused.IsError, Text(refused)));
        Assert.Equal(CallErrorKind.Refused, calls.Failure);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, calls.Reached);
    }

    [Fact]
    public async Task A_call_that_fails_releases_its_slot_to_the_next()
    {
        await using var calls = new LimitedCalls(new() { Concurrency = new(1) });
        var (first, second) = (calls.BeginAsync("say"), calls.BeginAsync("again"));

        (await calls.NextAsync()).Ends.SetException(new InvalidOperationException("broken"));

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => first)).Message);
        (await calls.NextAsync()).Answer("well");
        Assert.Equal("well", Text(await second));
    }

    [Fact]
    public async Task A_caller_that_gives_up_waiting_leaves_the_queue()
    {
        await using var calls = new LimitedCalls(new() { Concurrency = new(1), Queue = 1 });
        using var caller = new CancellationTokenSource();
        _ = calls.BeginAsync("say");
        var gone = calls.BeginAsync("again", caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        var next = calls.BeginAsync("say");
        (await calls.NextAsync()).Answer();
        Assert.Equal("say", (await calls.NextAsync()).Tool);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task At_the_end_waiting_calls_are_refused()
    {
        await using var calls = new LimitedCalls(new() { Concurrency = new(1), Rate = new(5) });
        _ = calls.BeginAsync("say");
        var waiting = calls.BeginAsync("again");

        await calls.DisposeLimitsAsync();

        Assert.StartsWith("Rejected: plugin 'echo' is busy", Text(await waiting));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => calls.BeginAsync("say"));
    }

    [Fact]
    public async Task A_plugin_whose_turns_have_ended_takes_no_more_calls()
    {
        await using var calls = new LimitedCalls(new() { Concurrency = new(1) });
        _ = calls.BeginAsync("say");

        await calls.DisposeLimitsAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => calls.BeginAsync("again"));
    }
}
