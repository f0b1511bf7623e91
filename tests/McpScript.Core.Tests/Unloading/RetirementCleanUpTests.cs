using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Unloading;

/// <summary>The clean-up of a retired generation: order, time limits and code that throws or does not finish.</summary>
public sealed class RetirementCleanUpTests : RetirementFixture
{
    [Fact]
    public async Task The_clean_up_waits_for_cancelled_calls_to_end()
    {
        var call = _plugin.Call();
        _retirement.Discard(_plugin.Plugin);
        await _plugin.StepAsync("unloading");
        _time.Advance(TimeSpan.FromSeconds(2));
        call.Dispose();
        Assert.Equal(new Ending("disposed", 0, TimeSpan.FromSeconds(2)), await _plugin.StepAsync("disposed"));
    }

    [Fact]
    public async Task The_clean_up_does_not_wait_forever_for_calls_that_ignore_cancellation()
    {
        using var call = _plugin.Call();
        _retirement.Discard(_plugin.Plugin);
        // The first two timers limit the callbacks of the plugin on Retiring and Unloading.
        await PassInTwoStepsAsync(_options.CancelGrace, count: 3);
        Assert.Equal(new Ending("disposed", 1, _options.CancelGrace), await _plugin.StepAsync("disposed"));
        await FinishedAsync();
        Assert.Equal(All, _plugin.Steps);
    }

    [Fact]
    public async Task The_clean_up_waits_for_work_that_began_when_the_generation_went_live()
    {
        var live = new TaskCompletionSource();
        _plugin.Plugin.Activation = live.Task;
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await _time.TimerAsync(_options.CancelGrace, 4);
        _time.Advance(TimeSpan.FromSeconds(2));
        live.SetResult();
        Assert.Equal(new Ending("disposed", 0, TimeSpan.FromSeconds(2)), await _plugin.StepAsync("disposed"));
    }

    [Fact]
    public async Task The_clean_up_does_not_wait_forever_for_work_that_began_when_the_generation_went_live()
    {
        _plugin.Plugin.Activation = new TaskCompletionSource().Task;
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await PassInTwoStepsAsync(_options.CancelGrace, count: 4);
        Assert.Equal(_options.CancelGrace, (await _plugin.StepAsync("disposed")).At);
    }

    [Fact]
    public async Task A_retirement_handler_that_does_not_finish_is_abandoned()
    {
        using var go = new ManualResetEventSlim();
        _plugin.Plugin.Retiring.Register(() => go.Wait(TimeSpan.FromSeconds(20)));

        var notified = _retirement.ReplaceAsync(_plugin.Plugin);
        await PassInTwoStepsAsync(_options.CancelGrace);

        await notified.Soon();
        await _plugin.StepAsync("unloaded");
        Assert.Equal("Plugin 'slow' did not finish its clean-up within 5 s; going on without it.", Assert.Single(_log.Lines));
        Assert.Equal([LogLevel.Warning], _log.Levels);
        go.Set();
    }

    [Fact]
    public async Task A_clean_up_that_does_not_finish_is_abandoned()
    {
        _plugin.Mcp.OnUnload(() => new TaskCompletionSource().Task);
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await PassInTwoStepsAsync(_options.CancelGrace, count: 5);
        Assert.Equal(_options.CancelGrace, (await _plugin.StepAsync("unloaded")).At);
        Assert.Contains("did not finish its clean-up", Assert.Single(_log.Lines));
    }

    [Theory]
    [InlineData("retiring")]
    [InlineData("unloading")]
    public async Task A_retirement_handler_that_throws_is_reported_and_the_rest_continues(string when)
    {
        (when == "retiring" ? _plugin.Plugin.Retiring : _plugin.Plugin.Unloading).Register(() => throw new FormatException("I will not go"));
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await FinishedAsync();
        Assert.Equal(All, _plugin.Steps);
        Assert.Equal("Plugin 'slow' failed while cleaning up; the rest of its clean-up went on.", Assert.Single(_log.Lines));
        Assert.Contains("I will not go", Assert.Single(_log.Causes));
    }

    [Fact]
    public async Task Every_clean_up_that_throws_is_reported_and_the_others_go_on()
    {
        _plugin.Mcp.OnUnload(() => throw new FormatException("first"));
        _plugin.Mcp.OnUnload(() => Task.FromException(new FormatException("second")));
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await FinishedAsync();
        Assert.Equal(All, _plugin.Steps);
        Assert.Equal(2, _log.Lines.Count(line => line.Contains("failed while cleaning up")));
        Assert.Contains("second", _log.Causes[0]);
        Assert.Contains("first", _log.Causes[1]);
    }
}
