using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McpScript.Loading;
using McpScript.Model;
using McpScript.Unloading;
using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Unloading;

public sealed class RetirementCollectionTests : IAsyncDisposable
{
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(100), Second = TimeSpan.FromMilliseconds(200), Grace = TimeSpan.FromSeconds(10);

    readonly WatchedTime _time = new();
    readonly RecordedLog<Retirement> _log = new();
    readonly List<PluginLoadContext> _kept = [];
    readonly Retirement _retirement;

    public RetirementCollectionTests() => _retirement = new(new() { CollectGrace = Grace }, _time, _log);

    public ValueTask DisposeAsync() => _retirement.DisposeAsync();

    [Fact]
    public async Task Generations_are_counted_until_they_are_collected()
    {
        Assert.Equal(0, _retirement.LiveGenerations);
        var (first, second) = (Tracked("first"), Tracked("second"));
        GC.Collect();
        Assert.Equal(2, _retirement.LiveGenerations);

        await RetireAsync(first);
        CollectUntil(() => _retirement.LiveGenerations == 1);

        await RetireAsync(second);
        CollectUntil(() => _retirement.LiveGenerations == 0);
    }

    [Fact]
    public async Task A_generation_that_is_collected_is_no_longer_listed()
    {
        await RetireAsync(Tracked("gone"));
        await RetireAsync(Kept("kept"));
        CollectUntil(() => _retirement.Generations.Count == 1);
        Assert.Equal(new RetiredGeneration("kept", 1, "collecting", ""), Assert.Single(_retirement.Generations));
    }

    [Fact]
    public async Task A_generation_that_stays_in_memory_for_the_time_allowed_is_not_lingering_yet()
    {
        await RetireAsync(Kept("kept"));
        await _time.TimerAsync(First);
        _time.Advance(Grace - TimeSpan.FromTicks(1));
        await _time.TimerAsync(Second);
        Assert.Equal("collecting", Assert.Single(_retirement.Generations).State);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_generation_that_stays_in_memory_for_longer_is_lingering()
    {
        await RetireAsync(Kept("kept", generation: 3));
        await LingersAsync();

        var lingering = Assert.Single(_retirement.Generations);
        Assert.Equal(("kept", 3, "lingering"), (lingering.Plugin, lingering.Generation, lingering.State));
        Assert.StartsWith("Unloaded, but something keeps it in memory. Nothing in its code is known to keep a plugin in memory", lingering.Detail);
        Assert.StartsWith("Plugin 'kept' generation 3 is unloaded but stays in memory. Nothing in its code is known", Assert.Single(_log.Lines));
        Assert.Equal([LogLevel.Warning], _log.Levels);
    }

    [Fact]
    public async Task Work_that_still_runs_since_the_generation_went_live_is_the_first_suspect()
    {
        var plugin = Kept("kept");
        plugin.Plugin.Activation = new TaskCompletionSource().Task;
        _ = _retirement.ReplaceAsync(plugin.Plugin);
        await _time.PassAsync(new RetirementOptions().CancelGrace, 4);
        await LingersAsync();
        Assert.Contains("Likely: an mcp.OnLive callback that has not returned", Assert.Single(_retirement.Generations).Detail);
    }

    [Fact]
    public async Task A_generation_is_reported_as_lingering_once_and_leaves_the_list_when_it_is_collected()
    {
        await RetireAsync(Kept("kept"));
        await LingersAsync();

        await RetireAsync(Kept("later"));
        await _time.TimerAsync(First, 2);
        Assert.Equal(["lingering", "collecting"], _retirement.Generations.Select(generation => generation.State));
        Assert.Single(_log.Lines);

        _kept.Clear();
        CollectUntil(() => _retirement.Generations.Count == 0);
    }

    [Fact]
    public async Task Only_unloaded_generations_can_linger()
    {
        var busy = Kept("busy");
        using var call = busy.Call();
        await _retirement.ReplaceAsync(busy.Plugin).Soon();
        await _retirement.ReplaceAsync(Kept("kept").Plugin).Soon();
        await LingersAsync();
        Assert.Equal(["draining", "lingering"], _retirement.Generations.Select(generation => generation.State));
    }

    [Fact]
    public async Task A_generation_whose_code_cannot_be_read_is_reported_as_lingering_too()
    {
        await RetireAsync(Kept("broken", assembly: [1, 2, 3]));
        await LingersAsync();
        Assert.Equal("lingering", Assert.Single(_retirement.Generations).State);
    }

    [Fact]
    public async Task The_search_for_collected_generations_slows_down_to_every_other_second()
    {
        await using var patient = new Retirement(new() { CollectGrace = TimeSpan.FromDays(1), CancelGrace = TimeSpan.FromDays(2) }, _time, _log);
        var plugin = Kept("kept");
        _ = patient.ReplaceAsync(plugin.Plugin);
        var before = 0;
        foreach (var (milliseconds, count) in new[] { (100, 1), (200, 1), (400, 1), (800, 1), (1600, 1), (2000, 1), (2000, 2) })
        {
            await _time.TimerAsync(TimeSpan.FromMilliseconds(milliseconds), count);
            Assert.True(GC.CollectionCount(2) > before || milliseconds == 100);
            before = GC.CollectionCount(2);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        }
        await _time.TimerAsync(TimeSpan.FromSeconds(2), 3);
        Assert.Equal([100, 200, 400, 800, 1600, 2000, 2000, 2000], _time.Timers.Where(due => due < TimeSpan.FromHours(1)).Select(due => due.TotalMilliseconds));
    }

    [Fact]
    public async Task The_end_of_the_host_ends_the_search_for_collected_generations()
    {
        await RetireAsync(Kept("kept"));
        await _time.TimerAsync(First);
        await _retirement.DisposeAsync().AsTask().Soon();
        // A second time does nothing.
        await _retirement.DisposeAsync().AsTask().Soon();
    }

    async Task LingersAsync()
    {
        await _time.TimerAsync(First);
        _time.Advance(Grace);
        await _log.LineAsync("stays in memory");
    }

    async Task RetireAsync(EndingPlugin plugin)
    {
        await _retirement.ReplaceAsync(plugin.Plugin).Soon();
        await _retirement.FinishAsync(new(TimeSpan.FromDays(1), _time)).Soon();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    EndingPlugin Tracked(string name) => new(name, _time, tracker: _retirement);

    EndingPlugin Kept(string name, int generation = 1, ImmutableArray<byte>? assembly = null) =>
        new(name, _time, generation, assembly, new KeepingTracker(_retirement, _kept));

    static void CollectUntil(Func<bool> gone)
    {
        for (var round = 0; round < 20 && !gone(); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.True(gone());
    }

    /// <summary>Keeps a strong reference to each load context.</summary>
    sealed class KeepingTracker(Retirement retirement, List<PluginLoadContext> kept) : IGenerationTracker
    {
        public PluginLoadContext Track(PluginLoadContext context)
        {
            kept.Add(context);
            return retirement.Track(context);
        }

        public void Discard(Plugin plugin) => retirement.Discard(plugin);

        public void Verify(UnloadedGeneration generation) => retirement.Verify(generation);
    }
}
