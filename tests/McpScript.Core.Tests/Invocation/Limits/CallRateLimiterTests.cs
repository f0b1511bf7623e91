using McpScript.Invocation.Limits;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>Calls are counted for each tool and caller, all anonymous callers as one. Windows pass in the library, by its own clock.</summary>
public sealed class CallRateLimiterTests : IAsyncDisposable
{
    // So long that nothing of it passes while a test runs.
    static readonly TimeSpan Window = TimeSpan.FromDays(1);

    readonly CallRateLimiter _rates = new(Window);

    public ValueTask DisposeAsync() => _rates.DisposeAsync();

    [Fact]
    public void As_many_calls_as_the_rate_pass_and_the_refusal_of_the_next_names_the_limit()
    {
        Assert.Null(_rates.Refusal("say", "ann", 2));
        Assert.Null(_rates.Refusal("say", "ann", 2));

        Assert.Equal("'say' may be called 2 times in 86400 s by one caller (limits.rate). Wait, and call it less often.", _rates.Refusal("say", "ann", 2));
        Assert.NotNull(_rates.Refusal("say", "ann", 2));
    }

    [Fact]
    public async Task A_window_is_reported_in_seconds_and_milliseconds()
    {
        await using var rates = new CallRateLimiter(Window + TimeSpan.FromMilliseconds(250.4));
        Assert.Null(rates.Refusal("say", null, 1));

        Assert.Contains("1 times in 86400.25 s by", rates.Refusal("say", null, 1));
    }

    [Fact]
    public void Another_caller_and_another_tool_are_counted_apart()
    {
        Assert.Null(_rates.Refusal("say", "ann", 1));

        Assert.Null(_rates.Refusal("say", "bob", 1));
        Assert.Null(_rates.Refusal("say", null, 1));
        Assert.Null(_rates.Refusal("Say", "ann", 1));
        Assert.NotNull(_rates.Refusal("say", "ann", 1));
        Assert.NotNull(_rates.Refusal("say", "bob", 1));
        Assert.NotNull(_rates.Refusal("say", null, 1));
        Assert.NotNull(_rates.Refusal("Say", "ann", 1));
    }

    [Fact]
    public void Without_a_rate_calls_are_not_counted()
    {
        for (var call = 0; call < 100; call++)
            Assert.Null(_rates.Refusal("say", null, null));
        Assert.Null(_rates.Refusal("say", null, 1));
    }

    [Fact]
    public void A_window_slides_by_tenths_and_lets_no_call_wait()
    {
        var options = CallRateLimiter.Window(7, TimeSpan.FromSeconds(60));

        Assert.Equal((7, TimeSpan.FromSeconds(60), 10, 0), (options.PermitLimit, options.Window, options.SegmentsPerWindow, options.QueueLimit));
    }

    [Fact]
    public async Task Concurrent_calls_do_not_exceed_the_rate()
    {
        var refusals = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _rates.Refusal("say", null, 10))));

        Assert.Equal(10, refusals.Count(refusal => refusal is null));
    }

    [Fact]
    public async Task After_the_end_no_call_is_counted()
    {
        await _rates.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => _rates.Refusal("say", null, 1));
    }
}
