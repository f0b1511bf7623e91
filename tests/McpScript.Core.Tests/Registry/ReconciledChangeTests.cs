using McpScript.Core.Tests.Unloading;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>Changes that a scan found, against changes made by hand while the scan went on.</summary>
public sealed class ReconciledChangeTests : IAsyncDisposable
{
    static readonly PluginReference Echo = new("echo");

    readonly TestRegistry _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_change_that_still_applies_is_made_and_is_marked_as_one_of_a_scan()
    {
        Put("echo");
        var results = await _test.Registry.ReconcileAsync(
            [new(Echo, PluginChangeKind.Refresh)], _test.Sources.Scan(), [], CancellationToken.None).Soon();
        await _test.Registry.ReloadAsync("echo").Soon();

        Assert.True(Assert.Single(results).Ok);
        Assert.Equal([true, false], _test.Turns.Select(turn => turn.IsReconciled));
    }

    [Fact]
    public async Task A_change_that_another_one_has_superseded_is_dropped_and_others_are_made()
    {
        Put("echo");
        Put("other");
        await _test.Registry.LoadAsync("echo").Soon();
        var seen = _test.Registry.Plugins;
        await _test.Registry.UnloadAsync("echo").Soon();
        await _test.Registry.LoadAsync("echo").Soon();

        var results = await _test.Registry.ReconcileAsync(
            [new(Echo, PluginChangeKind.Unload), new(new("other"), PluginChangeKind.Refresh)], _test.Sources.Scan(),
            seen, CancellationToken.None).Soon();

        Assert.Equal("other", Assert.Single(results).Name);
        Assert.Equal(["echo", "other"], _test.Tools);
    }

    [Fact]
    public async Task Nothing_is_published_when_every_change_is_superseded()
    {
        Put("echo");
        await _test.Registry.LoadAsync("echo").Soon();

        Assert.Empty(
            await _test.Registry.ReconcileAsync([new(Echo, PluginChangeKind.Unload)], _test.Sources.Scan(), loaded: [], CancellationToken.None).Soon());

        Assert.Single(_test.Turns);
        Assert.Equal(["echo"], _test.Tools);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_plugin_that_was_loaded_by_hand_since_the_scan_is_unloaded_only_if_it_is_not_found_any_more(bool isFound, bool stays)
    {
        Put("echo");
        await _test.ApplyAsync(PluginChangeKind.Load, "echo");
        var seen = _test.Registry.Plugins;
        if (!isFound)
            _test.Source.Remove("echo");
        _test.Wanted.KeepLoaded(Echo);

        await _test.Registry.ReconcileAsync([new(Echo, PluginChangeKind.Unload)], _test.Sources.Scan(), seen, CancellationToken.None).Soon();

        Assert.Equal(stays ? ["echo"] : [], _test.Tools);
    }

    [Fact]
    public async Task A_plugin_becomes_desired_or_undesired_only_when_its_change_begins()
    {
        Put("echo");
        await _test.Registry.LoadAsync("echo").Soon();
        using var held = new ManualResetEventSlim();
        var building = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _test.Source.Put("slow", mcp =>
        {
            building.TrySetResult();
            held.Wait();
            mcp.Tool("slow", "", () => "");
        });
        var slow = _test.Registry.LoadAsync("slow");
        await building.Task.Soon();

        var unload = _test.Registry.UnloadAsync("echo");
        Assert.Contains(Echo, Desired());
        held.Set();
        await slow.Soon();

        Assert.True((await unload.Soon()).Ok);
        Assert.DoesNotContain(Echo, Desired());
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public void A_plugin_is_wanted_by_hand_from_its_load_by_hand_to_its_unload_by_hand(bool loaded, bool unloaded, bool wanted)
    {
        if (loaded)
            _test.Wanted.KeepLoaded(Echo);
        if (unloaded)
            _test.Wanted.KeepUnloaded(Echo);

        Assert.Equal(wanted, _test.Wanted.IsLoadedByHand(Echo));
    }

    void Put(string name) => _test.Source.Put(name, mcp => mcp.Tool(name, "", () => ""));

    IEnumerable<PluginReference> Desired() => _test.Wanted.From([new(Echo, "script", "/x/echo.csx", "/x")], []);
}
