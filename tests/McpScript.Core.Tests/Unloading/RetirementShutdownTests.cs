using McpScript.Model;

namespace McpScript.Core.Tests.Unloading;

/// <summary>The shutdown of the host while generations retire.</summary>
public sealed class RetirementShutdownTests : RetirementFixture
{
    [Fact]
    public async Task A_shutdown_waits_for_every_retiring_generation()
    {
        var other = new EndingPlugin("other", _time);
        var call = other.Call();
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await _retirement.ReplaceAsync(other.Plugin).Soon();

        var finished = _retirement.FinishAsync(new(TimeSpan.FromSeconds(10), _time));
        await _plugin.StepAsync("unloaded");
        Assert.False(finished.IsCompleted);

        call.Dispose();
        await finished.Soon();
        Assert.Equal(All, other.Steps);
    }

    [Fact]
    public async Task A_shutdown_shortens_each_stage_of_retirement()
    {
        await using var retirement = Retirement(_options with { CancelGrace = TimeSpan.FromSeconds(50) });
        var (begun, end) = (new TaskCompletionSource<TimeSpan>(), new ShutdownDeadline(TimeSpan.FromSeconds(100), _time));
        using var call = _plugin.Call();
        _plugin.Plugin.Activation = new TaskCompletionSource().Task;
        _plugin.Mcp.OnUnload(() =>
        {
            begun.SetResult(_time.Elapsed);
            return new TaskCompletionSource().Task;
        });
        await retirement.ReplaceAsync(_plugin.Plugin).Soon();

        end.Begin();
        var finished = retirement.FinishAsync(end);
        AdvanceInTwoSteps(TimeSpan.FromSeconds(80));
        Assert.Equal(new Ending("unloading", 1, TimeSpan.FromSeconds(80)), await _plugin.StepAsync("unloading"));
        await _time.TimerAsync(TimeSpan.FromSeconds(50), 3);
        AdvanceInTwoSteps(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(87), await begun.Task.Soon());
        await _time.TimerAsync(TimeSpan.FromSeconds(50), 5);
        AdvanceInTwoSteps(TimeSpan.FromSeconds(7));
        await finished.Soon();
        Assert.Equal(TimeSpan.FromSeconds(94), (await _plugin.StepAsync("unloaded")).At);
    }

    [Fact]
    public async Task A_shutdown_without_retiring_generations_does_not_wait() => await FinishedAsync();

    [Fact]
    public async Task The_end_of_the_host_leaves_no_timer_behind()
    {
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await FinishedAsync();
        await _retirement.DisposeAsync();
        Assert.Equal(0, _time.OpenTimers);
    }
}
