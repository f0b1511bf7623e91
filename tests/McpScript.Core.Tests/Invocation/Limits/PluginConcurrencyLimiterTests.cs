using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Invocation.Limits;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>Each plugin has one limiter, under whatever case its name is written, made by what the configuration says of it.</summary>
public sealed class PluginConcurrencyLimiterTests
{
    [Fact]
    public void Without_a_limit_there_is_no_limiter() => Assert.Null(new PluginConcurrencyLimiter(new()).Of("echo"));

    [Theory]
    [InlineData("other", 4L)]
    [InlineData("echo", 2L)]
    [InlineData("ECHO", 2L)]
    [InlineData("free", null)]
    public void A_plugins_own_limit_comes_before_the_general_one_and_off_lifts_it(string plugin, long? places)
    {
        var settings = With(4, ("Echo", new() { Concurrency = new(2) }), ("free", new() { Concurrency = new(null) }), ("silent", new()));

        Assert.Equal(places, new PluginConcurrencyLimiter(settings).Of(plugin)?.GetStatistics()!.CurrentAvailablePermits);
        Assert.Equal(4, new PluginConcurrencyLimiter(settings).Of("silent")!.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public void A_plugin_may_have_a_limit_where_others_have_none()
    {
        var turns = new PluginConcurrencyLimiter(With(null, ("echo", new() { Concurrency = new(3) })));

        Assert.Equal(3, turns.Of("echo")!.GetStatistics()!.CurrentAvailablePermits);
        Assert.Null(turns.Of("other"));
    }

    [Fact]
    public void A_plugin_keeps_its_limiter_and_shares_it_with_no_other()
    {
        var turns = new PluginConcurrencyLimiter(With(1));

        Assert.Same(turns.Of("echo"), turns.Of("Echo"));
        Assert.NotSame(turns.Of("echo"), turns.Of("other"));
    }

    [Fact]
    public async Task The_oldest_call_is_served_first_and_a_call_beyond_the_queue_does_not_wait()
    {
        var limiter = new PluginConcurrencyLimiter(With(1) with { Queue = 2 }).Of("echo")!;
        var running = await limiter.AcquireAsync(1, CancellationToken.None);
        var (first, second) = (limiter.AcquireAsync().AsTask(), limiter.AcquireAsync().AsTask());

        using var refused = await limiter.AcquireAsync(1, CancellationToken.None);
        Assert.False(refused.IsAcquired);
        running.Dispose();
        Assert.True((await first).IsAcquired);
        Assert.False(second.IsCompleted);
        (await first).Dispose();
        Assert.True((await second).IsAcquired);
    }

    [Fact]
    public async Task At_the_end_all_waiting_calls_are_refused()
    {
        var turns = new PluginConcurrencyLimiter(With(1, ("free", new() { Concurrency = new(null) })));
        Assert.Null(turns.Of("free"));
        var limiters = new[] { turns.Of("echo")!, turns.Of("other")! };
        foreach (var limiter in limiters)
            await limiter.AcquireAsync(1, CancellationToken.None);
        var waiting = limiters.Select(limiter => limiter.AcquireAsync().AsTask()).ToList();

        await turns.DisposeAsync();

        Assert.All(await Task.WhenAll(waiting), lease => Assert.False(lease.IsAcquired));
    }

    static LimitSettings With(int? concurrency, params (string Name, PluginLimitSettings Limits)[] plugins) => new()
    {
        Concurrency = concurrency is null ? null : new Limit(concurrency),
        Plugins = plugins.ToImmutableSortedDictionary(plugin => plugin.Name, plugin => plugin.Limits, StringComparer.Ordinal),
    };
}
