using McpScript.Unloading;

namespace McpScript.Core.Tests.Unloading;

/// <summary>The list of retired generations, with their state and the age of the oldest call.</summary>
public sealed class RetiredGenerationTests : RetirementFixture
{
    [Fact]
    public async Task A_generation_is_listed_while_its_calls_go_on()
    {
        using var first = _plugin.Call();
        _time.Advance(TimeSpan.FromSeconds(3));
        using var second = _plugin.Call();
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(new RetiredGeneration("slow", 1, "draining", "draining: 2 calls, oldest 7 s"), Assert.Single(_retirement.Generations));
    }

    [Theory]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "60 min")]
    [InlineData(3600, "1 h")]
    [InlineData(5400, "1.5 h")]
    public async Task The_age_of_the_oldest_call_is_shown_in_a_unit_that_fits(int seconds, string text)
    {
        using var call = _plugin.Call();
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.EndsWith($"oldest {text}", Assert.Single(_retirement.Generations).Detail);
    }

    [Fact]
    public async Task A_generation_without_calls_is_listed_until_it_is_notified_that_it_retires()
    {
        using var go = new ManualResetEventSlim();
        _plugin.Plugin.Retiring.Register(() => go.Wait(TimeSpan.FromSeconds(20)));
        var notified = _retirement.ReplaceAsync(_plugin.Plugin);
        Assert.Equal(new RetiredGeneration("slow", 1, "draining", ""), Assert.Single(_retirement.Generations));
        go.Set();
        await notified.Soon();
    }

    [Fact]
    public async Task A_generation_is_listed_as_unloading_while_it_cleans_up()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _plugin.Mcp.OnUnload(() =>
        {
            begun.SetResult();
            return go.Task;
        });
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await begun.Task.Soon();
        Assert.Equal(new RetiredGeneration("slow", 1, "unloading", ""), Assert.Single(_retirement.Generations));
        go.SetResult();
    }

    [Fact]
    public async Task A_generation_is_listed_under_its_own_number_beside_others_of_its_name()
    {
        var next = new EndingPlugin("slow", _time, generation: 2);
        using var one = _plugin.Call();
        using var other = next.Call();
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await _retirement.UnloadAsync(next.Plugin).Soon();
        Assert.Equal([1, 2], _retirement.Generations.Select(generation => generation.Generation));
    }
}
