using McpScript.Loading;
using McpScript.Model;
using McpScript.Unloading;
using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Unloading;

public sealed class RetirementTests : IAsyncDisposable
{
    static readonly AsyncLocal<string?> s_caller = new();
    static readonly string[] s_all = ["retiring", "unloading", "disposed", "unloaded"];

    readonly RetirementOptions _options = new()
    {
        UnloadDrain = TimeSpan.FromSeconds(30), CancelGrace = TimeSpan.FromSeconds(5), CollectGrace = TimeSpan.FromSeconds(10),
    };

    readonly WatchedTime _time = new();
    readonly RecordedLog<Retirement> _log = new();
    readonly Retirement _retirement;
    readonly EndingPlugin _plugin;

    public RetirementTests()
    {
        _retirement = Retirement(_options);
        _plugin = new("slow", _time);
    }

    public ValueTask DisposeAsync() => _retirement.DisposeAsync();

    [Theory]
    [InlineData("replace")]
    [InlineData("unload")]
    [InlineData("discard")]
    public async Task A_generation_hears_that_it_retires_then_that_it_unloads_then_cleans_up_then_is_unloaded(string way)
    {
        await StartAsync(way);
        await FinishedAsync();
        Assert.Equal(s_all, _plugin.Steps);
        Assert.All(_plugin.Endings, ending => Assert.Equal((0, TimeSpan.Zero), (ending.Calls, ending.At)));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("unload")]
    [InlineData("discard")]
    public void A_retired_generation_takes_no_calls_from_that_moment_on(string way)
    {
        _ = StartAsync(way);
        Assert.Null(_plugin.Plugin.Leases.TryTake());
    }

    [Fact]
    public async Task The_caller_waits_until_the_generation_has_heard_that_it_retires_and_no_longer()
    {
        using var go = new ManualResetEventSlim();
        using var call = _plugin.Call();
        _plugin.Plugin.Retiring.Register(() => go.Wait(TimeSpan.FromSeconds(20)));

        var heard = _retirement.ReplaceAsync(_plugin.Plugin);
        Assert.False(heard.IsCompleted);

        go.Set();
        await heard.Soon();
        Assert.Equal("retiring", Assert.Single(_plugin.Steps));
    }

    [Fact]
    public async Task After_a_reload_calls_go_on_for_as_long_as_they_take()
    {
        var call = _plugin.Call();
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        _time.Advance(TimeSpan.FromDays(30));
        call.Dispose();
        Assert.Equal(new Ending("unloading", 0, TimeSpan.FromDays(30)), await _plugin.StepAsync("unloading"));
        await FinishedAsync();
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task After_a_reload_calls_are_cancelled_when_the_configured_time_is_over()
    {
        await using var retirement = Retirement(_options with { ReloadDrain = TimeSpan.FromSeconds(20) });
        using var call = _plugin.Call();
        await retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await PassInTwoStepsAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(new Ending("unloading", 1, TimeSpan.FromSeconds(20)), await _plugin.StepAsync("unloading"));
    }

    [Fact]
    public async Task After_an_unload_calls_are_cancelled_when_the_time_for_it_is_over_and_a_warning_says_how_many()
    {
        using var first = _plugin.Call();
        using var second = _plugin.Call();
        await _retirement.UnloadAsync(_plugin.Plugin).Soon();
        await PassInTwoStepsAsync(_options.UnloadDrain);
        Assert.Equal(new Ending("unloading", 2, _options.UnloadDrain), await _plugin.StepAsync("unloading"));
        Assert.Equal("Plugin 'slow' is unloading: 2 call(s) that still ran were cancelled.", Assert.Single(_log.Lines));
        Assert.Equal([LogLevel.Warning], _log.Levels);
    }

    [Fact]
    public async Task A_call_that_ends_in_time_is_not_cancelled()
    {
        var call = _plugin.Call();
        await _retirement.UnloadAsync(_plugin.Plugin).Soon();
        await _time.TimerAsync(_options.UnloadDrain);
        _time.Advance(_options.UnloadDrain - TimeSpan.FromSeconds(1));
        call.Dispose();
        Assert.Equal(new Ending("unloading", 0, _options.UnloadDrain - TimeSpan.FromSeconds(1)), await _plugin.StepAsync("unloading"));
        await FinishedAsync();
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_generation_that_was_never_served_waits_for_no_call()
    {
        using var call = _plugin.Call();
        _retirement.Discard(_plugin.Plugin);
        Assert.Equal(new Ending("unloading", 1, TimeSpan.Zero), await _plugin.StepAsync("unloading"));
    }

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
    public async Task The_clean_up_does_not_wait_for_ever_for_calls_that_ignore_that_they_are_cancelled()
    {
        using var call = _plugin.Call();
        _retirement.Discard(_plugin.Plugin);
        // The first two limit what the plugin does when it hears that it retires and that it unloads.
        await PassInTwoStepsAsync(_options.CancelGrace, count: 3);
        Assert.Equal(new Ending("disposed", 1, _options.CancelGrace), await _plugin.StepAsync("disposed"));
        await FinishedAsync();
        Assert.Equal(s_all, _plugin.Steps);
    }

    [Fact]
    public async Task The_clean_up_waits_for_what_began_when_the_generation_went_live()
    {
        var live = new TaskCompletionSource();
        _plugin.Plugin.GoingLive = live.Task;
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await _time.TimerAsync(_options.CancelGrace, 4);
        _time.Advance(TimeSpan.FromSeconds(2));
        live.SetResult();
        Assert.Equal(new Ending("disposed", 0, TimeSpan.FromSeconds(2)), await _plugin.StepAsync("disposed"));
    }

    [Fact]
    public async Task The_clean_up_does_not_wait_for_ever_for_what_began_when_the_generation_went_live()
    {
        _plugin.Plugin.GoingLive = new TaskCompletionSource().Task;
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await PassInTwoStepsAsync(_options.CancelGrace, count: 4);
        Assert.Equal(_options.CancelGrace, (await _plugin.StepAsync("disposed")).At);
    }

    [Fact]
    public async Task Code_that_does_not_finish_when_it_hears_that_it_retires_is_left_behind()
    {
        using var go = new ManualResetEventSlim();
        _plugin.Plugin.Retiring.Register(() => go.Wait(TimeSpan.FromSeconds(20)));

        var heard = _retirement.ReplaceAsync(_plugin.Plugin);
        await PassInTwoStepsAsync(_options.CancelGrace);

        await heard.Soon();
        await _plugin.StepAsync("unloaded");
        Assert.Equal("Plugin 'slow' did not finish its clean-up within 5 s; going on without it.", Assert.Single(_log.Lines));
        Assert.Equal([LogLevel.Warning], _log.Levels);
        go.Set();
    }

    [Fact]
    public async Task A_clean_up_that_does_not_finish_is_left_behind()
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
    public async Task Code_that_throws_when_it_hears_of_its_end_is_reported_and_the_rest_goes_on(string when)
    {
        (when == "retiring" ? _plugin.Plugin.Retiring : _plugin.Plugin.Unloading).Register(() => throw new FormatException("I will not go"));
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await FinishedAsync();
        Assert.Equal(s_all, _plugin.Steps);
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
        Assert.Equal(s_all, _plugin.Steps);
        Assert.Equal(2, _log.Lines.Count(line => line.Contains("failed while cleaning up")));
        Assert.Contains("second", _log.Causes[0]);
        Assert.Contains("first", _log.Causes[1]);
    }

    [Fact]
    public async Task Code_of_the_plugin_runs_on_a_flow_of_its_own()
    {
        var flows = new List<(string?, string?)>();
        void See() => flows.Add((PluginExecutionContext.CurrentPlugin, s_caller.Value));
        _plugin.Plugin.Retiring.UnsafeRegister(_ => See(), null);
        _plugin.Plugin.Unloading.UnsafeRegister(_ => See(), null);
        _plugin.Mcp.OnUnload(See);

        s_caller.Value = "host";
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await FinishedAsync();

        Assert.Equal([("slow", null), ("slow", null), ("slow", null)], flows);
        Assert.Null(PluginExecutionContext.CurrentPlugin);
    }

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
    public async Task A_generation_without_calls_is_listed_until_it_has_heard_that_it_retires()
    {
        using var go = new ManualResetEventSlim();
        _plugin.Plugin.Retiring.Register(() => go.Wait(TimeSpan.FromSeconds(20)));
        var heard = _retirement.ReplaceAsync(_plugin.Plugin);
        Assert.Equal(new RetiredGeneration("slow", 1, "draining", ""), Assert.Single(_retirement.Generations));
        go.Set();
        await heard.Soon();
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

    [Fact]
    public async Task A_shutdown_waits_for_every_generation_that_is_on_its_way_out()
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
        Assert.Equal(s_all, other.Steps);
    }

    [Fact]
    public async Task A_shutdown_cuts_short_each_stage_of_the_way_out()
    {
        await using var retirement = Retirement(_options with { CancelGrace = TimeSpan.FromSeconds(50) });
        var (begun, end) = (new TaskCompletionSource<TimeSpan>(), new ShutdownDeadline(TimeSpan.FromSeconds(100), _time));
        using var call = _plugin.Call();
        _plugin.Plugin.GoingLive = new TaskCompletionSource().Task;
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
    public async Task A_shutdown_without_generations_on_their_way_out_has_nothing_to_wait_for() => await FinishedAsync();

    [Fact]
    public async Task The_end_of_the_host_leaves_no_timer_behind()
    {
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await FinishedAsync();
        await _retirement.DisposeAsync();
        Assert.Equal(0, _time.OpenTimers);
    }

    [Fact]
    public async Task A_context_that_is_tracked_is_returned_and_counted()
    {
        PluginLoadContext? seen = null;
        var plugin = new EndingPlugin("tracked", _time, track: context => Assert.Same(seen = context, _retirement.Track(context)));
        Assert.Equal(1, _retirement.LiveGenerations);
        await _retirement.ReplaceAsync(plugin.Plugin).Soon();
        GC.KeepAlive(seen);
    }

    Task StartAsync(string way)
    {
        if (way == "discard")
            _retirement.Discard(_plugin.Plugin);
        return way switch
        {
            "replace" => _retirement.ReplaceAsync(_plugin.Plugin),
            "unload" => _retirement.UnloadAsync(_plugin.Plugin),
            _ => Task.CompletedTask,
        };
    }

    Task FinishedAsync() => _retirement.FinishAsync(new(TimeSpan.FromDays(1), _time)).Soon();

    // A step before the end, at which nothing may happen yet: each event carries the time at which it happened.
    async Task PassInTwoStepsAsync(TimeSpan due, int count = 1)
    {
        await _time.TimerAsync(due, count);
        AdvanceInTwoSteps(due);
    }

    void AdvanceInTwoSteps(TimeSpan by)
    {
        _time.Advance(by - TimeSpan.FromMilliseconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    Retirement Retirement(RetirementOptions options) => new(options, _time, _log);
}
