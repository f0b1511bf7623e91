using System.Collections.Immutable;
using McpScript.Loading;
using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Unloading;

/// <summary>The retirement of a generation: the order of its end, and the calls that are still running.</summary>
public sealed class RetirementTests : RetirementFixture
{
    static readonly AsyncLocal<string?> Caller = new();

    [Theory]
    [InlineData("replace")]
    [InlineData("unload")]
    [InlineData("discard")]
    public async Task A_generation_is_notified_of_retirement_and_unload_then_cleans_up_then_is_unloaded(string way)
    {
        await StartAsync(way);
        await FinishedAsync();
        Assert.Equal(All, _plugin.Steps);
        Assert.All(_plugin.Endings, ending => Assert.Equal((0, TimeSpan.Zero), (ending.Calls, ending.At)));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("unload")]
    [InlineData("discard")]
    public void A_retired_generation_takes_no_further_calls(string way)
    {
        _ = StartAsync(way);
        Assert.Null(_plugin.Plugin.Leases.TryTake());
    }

    [Fact]
    public async Task The_caller_waits_until_the_generation_is_notified_that_it_retires_and_no_longer()
    {
        using var go = new ManualResetEventSlim();
        using var call = _plugin.Call();
        _plugin.Plugin.Retiring.Register(() => go.Wait(TimeSpan.FromSeconds(20)));

        var notified = _retirement.ReplaceAsync(_plugin.Plugin);
        Assert.False(notified.IsCompleted);

        go.Set();
        await notified.Soon();
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
        Assert.Equal("Plugin 'slow' is still unloading: 2 call(s) did not finish in time and were cancelled.", Assert.Single(_log.Lines));
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
    public async Task Code_of_the_plugin_runs_in_its_own_execution_context()
    {
        var flows = new List<(string?, string?)>();
        void See() => flows.Add((PluginExecutionContext.CurrentPlugin, Caller.Value));
        _plugin.Plugin.Retiring.UnsafeRegister(_ => See(), null);
        _plugin.Plugin.Unloading.UnsafeRegister(_ => See(), null);
        _plugin.Mcp.OnUnload(See);

        Caller.Value = "host";
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        await FinishedAsync();

        Assert.Equal([("slow", null), ("slow", null), ("slow", null)], flows);
        Assert.Null(PluginExecutionContext.CurrentPlugin);
    }

    [Fact]
    public async Task A_context_that_is_tracked_is_returned_and_counted()
    {
        var context = new PluginLoadContext("tracked", TestPlugin.Image("tracked"), ImmutableHashSet<string>.Empty);
        Assert.Same(context, _retirement.Track(context));
        Assert.Equal(1, _retirement.LiveGenerations);
        await _retirement.ReplaceAsync(_plugin.Plugin).Soon();
        GC.KeepAlive(context);
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
}
