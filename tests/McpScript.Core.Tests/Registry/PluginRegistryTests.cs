using McpScript.Catalogs;
using McpScript.Core.Tests.Unloading;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public sealed class PluginRegistryTests : IAsyncDisposable
{
    readonly TestRegistry _test = new();
    readonly List<string> _steps = [];

    PluginRegistry Registry => _test.Registry;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_plugin_that_is_loaded_is_served()
    {
        Put("echo", "say", "shout");
        var result = await Registry.LoadAsync("echo").Soon();

        Assert.True(result.Ok);
        Assert.Equal((false, 1), (result.WasLoaded, result.Plugin!.Generation));
        Assert.Equal(["say", "shout"], result.Added);
        Assert.Equal(["say", "shout"], _test.Tools);
        Assert.Equal("echo", Registry.FindToolOwner("say"));
        Assert.Null(Registry.FindToolOwner("whisper"));
        var turn = Assert.Single(_test.Turns);
        Assert.Equal((ListKinds.Tools, result), (turn.Lists, Assert.Single(turn.Results)));
    }

    [Fact]
    public async Task What_does_not_fit_the_state_is_refused_and_changes_nothing()
    {
        Put("echo", "say");
        Assert.Equal("Plugin 'echo' not loaded", (await Registry.UnloadAsync("echo").Soon()).Error);
        Assert.Equal("Plugin 'echo' not loaded, use load()", (await Registry.ReloadAsync("echo").Soon()).Error);
        Assert.Empty(_test.Tools);

        await Registry.LoadAsync("echo").Soon();
        var again = await Registry.LoadAsync("echo").Soon();
        Assert.Equal((false, "Plugin 'echo' already loaded", 1), (again.Ok, again.Error, again.Plugin!.Generation));
        Assert.Empty(Registry.Failures);
        Assert.Equal(ListKinds.None, _test.Turns[^1].Lists);
    }

    [Fact]
    public async Task A_plugin_that_is_unloaded_is_served_no_more_and_cleans_up()
    {
        Put("echo", "say");
        await Registry.LoadAsync("echo").Soon();

        var result = await Registry.UnloadAsync("ECHO").Soon();

        Assert.Equal((true, true, null), (result.Ok, result.WasLoaded, result.Plugin));
        Assert.Equal(["say"], result.Removed);
        Assert.Empty(_test.Tools);
        await _test.RetiredAsync();
        Assert.Equal(["echo 1 unloads"], _steps);
    }

    [Fact]
    public async Task A_reload_replaces_the_generation_and_tells_what_looks_different()
    {
        Put("echo", "stays", "goes");
        await Registry.LoadAsync("echo").Soon();
        _test.Source.Put("echo", mcp =>
        {
            mcp.Tool("comes", "", () => "");
            mcp.Tool("stays", "now described", () => "");
        });

        var result = await Registry.ReloadAsync("echo").Soon();

        Assert.Equal((true, true, 2), (result.Ok, result.WasLoaded, result.Plugin!.Generation));
        Assert.Equal(["comes"], result.Added);
        Assert.Equal(["stays"], result.Changed);
        Assert.Equal(["goes"], result.Removed);
        Assert.Equal(["comes", "stays"], _test.Tools);
    }

    [Fact]
    public async Task A_refresh_loads_what_is_not_loaded_and_reloads_what_is()
    {
        Put("echo", "say");
        var results = (await _test.ApplyAsync(PluginChangeKind.Refresh, "echo")).Concat(await _test.ApplyAsync(PluginChangeKind.Refresh, "echo"));
        Assert.Equal([(true, 1), (true, 2)], results.Select(result => (result.Ok, result.Plugin!.Generation)));
    }

    [Fact]
    public async Task A_load_that_fails_serves_nothing_and_is_kept_as_a_failure_until_it_succeeds()
    {
        _test.Source.PutBroken("echo");
        var result = await Registry.LoadAsync("echo").Soon();
        Assert.Equal((false, PluginStage.Compile), (result.Ok, result.Stage));
        Assert.Equal("Plugin 'echo' failed to compile: error CS1002: ; expected", result.Error);
        var failure = Assert.Single(Registry.Failures);
        Assert.Equal(("echo", PluginStage.Compile, result.Error), (failure.Reference.Name, failure.Stage, failure.Error));
        Assert.Equal("/plugins/echo.csx", Assert.Single(failure.Files).Path);
        Assert.Equal("failed", Assert.Single(Registry.GetSummary().Plugins).Value.State);

        Put("echo", "say");
        Assert.True((await Registry.LoadAsync("echo").Soon()).Ok);
        Assert.Empty(Registry.Failures);
    }

    [Fact]
    public async Task A_reload_that_fails_leaves_the_old_generation_in_service()
    {
        Put("echo", "say");
        await Registry.LoadAsync("echo").Soon();
        var before = _test.Served.Catalog;
        _test.Source.Put("echo", _ => throw new FormatException("no"));

        var result = await Registry.ReloadAsync("echo").Soon();

        Assert.Equal((false, PluginStage.Register, 1), (result.Ok, result.Stage, result.Plugin!.Generation));
        Assert.Same(before, _test.Served.Catalog);
        Assert.Equal("live, last reload failed", Assert.Single(Registry.GetSummary().Plugins).Value.State);
        Assert.False(_test.Live("echo").Retiring.IsCancellationRequested);
        Assert.Contains("The previous version is still serving.", _test.Log.Lines[^1]);
    }

    [Fact]
    public async Task A_failure_that_is_not_the_plugins_own_is_the_failure_of_that_plugin_alone()
    {
        _test.Source.PutUnreadable("echo");
        Put("other", "work");
        var results = await _test.ApplyAsync(PluginChangeKind.Load, "echo", "other");
        Assert.Equal([false, true], results.Select(result => result.Ok));
        Assert.Contains("IOException: the disk is gone", results[0].Error);
        Assert.Equal(["work"], _test.Tools);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_neither_wanted_nor_kept_as_a_failure()
    {
        var result = await Registry.LoadAsync("ecko").Soon();
        Assert.Equal((false, PluginStage.Resolve, "Plugin 'ecko' not found"), (result.Ok, result.Stage, result.Error));
        Assert.Empty(Registry.Failures);
        Assert.DoesNotContain(new("ecko"), Wanted);
    }

    [Fact]
    public async Task A_plugin_that_had_failed_and_is_gone_stays_a_failure()
    {
        _test.Source.PutBroken("echo");
        await Registry.LoadAsync("echo").Soon();
        _test.Source.Remove("echo");

        await Registry.LoadAsync("echo").Soon();

        Assert.Equal(PluginStage.Resolve, Assert.Single(Registry.Failures).Stage);
        Registry.ForgetFailure(new("echo"));
        Assert.Empty(Registry.Failures);
    }

    [Fact]
    public async Task A_name_that_is_none_is_refused_without_a_turn()
    {
        var result = await Registry.LoadAsync("../echo").Soon();
        Assert.Equal((false, PluginStage.Resolve), (result.Ok, result.Stage));
        Assert.Contains("is not a plugin name", result.Error);
        Assert.Empty(_test.Turns);
    }

    [Fact]
    public async Task A_plugin_that_the_configuration_turns_off_is_refused()
    {
        Put("echo", "say");
        _test.Settings.Disabled.Add(new("echo"));
        Assert.Equal("Plugin 'echo' disabled in config", (await Registry.LoadAsync("echo").Soon()).Error);
        Assert.Empty(Registry.Failures);
        Assert.Empty(_test.Tools);
    }

    [Fact]
    public async Task What_is_loaded_by_hand_is_wanted_and_what_is_unloaded_by_hand_is_not_whatever_comes_of_it()
    {
        _test.Source.PutBroken("echo");
        await Registry.LoadAsync("echo").Soon();
        Assert.Contains(new("echo"), Wanted);
        Assert.Single(Registry.Failures);

        Assert.False((await Registry.UnloadAsync("echo").Soon()).Ok);
        Assert.DoesNotContain(new("echo"), Wanted);
        Assert.Empty(Registry.Failures);
    }

    [Fact]
    public async Task Several_changes_are_one_turn_in_which_only_the_broken_one_falls_back()
    {
        Put("a", "first");
        Put("b", "second");
        await _test.ApplyAsync(PluginChangeKind.Load, "a", "b");
        _test.Turns.Clear();
        Put("a", "third");
        _test.Source.PutBroken("b");
        var swaps = new List<ListKinds>();
        _test.Served.Published += swaps.Add;

        var results = await _test.ApplyAsync(PluginChangeKind.Reload, "a", "b");

        Assert.Equal([true, false], results.Select(result => result.Ok));
        Assert.Equal(["second", "third"], _test.Tools);
        Assert.Equal([ListKinds.Tools], swaps);
        Assert.Equal(results, Assert.Single(_test.Turns).Results);
    }

    [Theory]
    [InlineData(PluginChangeKind.Unload, PluginChangeKind.Unload)]
    [InlineData(PluginChangeKind.Unload, PluginChangeKind.Refresh)]
    [InlineData(PluginChangeKind.Refresh, PluginChangeKind.Unload)]
    [InlineData(PluginChangeKind.Refresh, PluginChangeKind.Refresh)]
    public async Task A_plugin_that_is_named_twice_in_one_turn_is_changed_once(PluginChangeKind first, PluginChangeKind second)
    {
        Put("echo", "say");
        await Registry.LoadAsync("echo").Soon();

        var results = await Registry.ApplyAsync([new(new("echo"), first), new(new("Echo"), second)]).Soon();

        Assert.Equal([true, false], results.Select(result => result.Ok));
        Assert.Equal("Plugin 'Echo' is named more than once in this change; only the first is carried out.", results[1].Error);
        Assert.Equal(first == PluginChangeKind.Unload ? [] : ["say"], _test.Tools);
        Assert.Equal(_test.Tools.Any(), Registry.Plugins.Any());
        Assert.Empty(Registry.Failures);
        await _test.RetiredAsync();
        Assert.Equal(["echo 1 unloads"], _steps);
    }

    [Fact]
    public async Task A_plugin_that_wants_a_name_of_another_one_is_rejected_and_cleans_up()
    {
        Put("a", "say");
        Put("b", "say", "more");
        await Registry.LoadAsync("a").Soon();

        var result = await Registry.LoadAsync("b").Soon();

        Assert.Equal((false, PluginStage.Publish), (result.Ok, result.Stage));
        Assert.Equal(["a"], Assert.Single(Registry.Failures).BlockedBy.Select(blocker => blocker.Name));
        Assert.Equal(["say"], _test.Tools);
        await _test.RetiredAsync();
        Assert.Equal(["b 1 unloads"], _steps);
    }

    [Fact]
    public async Task State_outlives_a_reload_but_not_an_unload()
    {
        _test.Source.Put("counter", mcp => mcp.Tool("count", $"{mcp.State.Update<int>("loads", loads => loads + 1)}", () => ""));
        await Registry.LoadAsync("counter").Soon();
        await Registry.ReloadAsync("counter").Soon();
        Assert.Equal("2", Description("count"));

        await Registry.UnloadAsync("counter").Soon();
        await Registry.LoadAsync("counter").Soon();
        Assert.Equal("1", Description("count"));
    }

    [Fact]
    public async Task What_a_rejected_generation_writes_into_the_state_does_not_count()
    {
        _test.Source.Put("counter", mcp => mcp.Tool("count", $"{mcp.State.Update<int>("loads", loads => loads + 1)}", () => ""));
        await Registry.LoadAsync("counter").Soon();
        _test.Source.Put("counter", mcp => throw new FormatException($"{mcp.State.Update<int>("loads", _ => 100)}"));
        Assert.False((await Registry.ReloadAsync("counter").Soon()).Ok);
        _test.Source.Put("counter", mcp => mcp.Tool("count", $"{mcp.State.Get<int>("loads")}", () => ""));
        await Registry.ReloadAsync("counter").Soon();
        Assert.Equal("1", Description("count"));
    }

    [Fact]
    public async Task A_new_generation_goes_live_after_the_old_one_has_heard_that_it_retires()
    {
        var live = new TaskCompletionSource();
        _test.Source.Put("poller", mcp =>
        {
            mcp.Tool("poll", "", () => "");
            mcp.OnLive(() => Step("old lives"));
            mcp.Retiring.Register(() => Step("old retires"));
        });
        await Registry.LoadAsync("poller").Soon();
        await _test.Live("poller").GoingLive.Soon();
        _test.Source.Put("poller", mcp =>
        {
            mcp.Tool("poll", "", () => "");
            mcp.OnLive(() => Step("new lives"));
            mcp.OnLive(live.SetResult);
        });

        await Registry.ReloadAsync("poller").Soon();

        await live.Task.Soon();
        Assert.Equal(["old lives", "old retires", "new lives"], _steps);
    }

    [Fact]
    public async Task A_generation_that_throws_when_it_goes_live_is_served_and_reported()
    {
        _test.Source.Put("poller", mcp =>
        {
            mcp.Tool("poll", "", () => "");
            mcp.OnLive(() => throw new FormatException("no port"));
        });
        Assert.True((await Registry.LoadAsync("poller").Soon()).Ok);
        await _test.Log.LineAsync("Plugin 'poller' is served, but its OnLive action failed.");
        Assert.Contains("no port", _test.Log.Causes[^1]);
        Assert.Equal(["poll"], _test.Tools);
    }

    [Fact]
    public async Task A_call_of_the_old_generation_goes_on_while_the_new_one_is_served()
    {
        Put("echo", "say");
        await Registry.LoadAsync("echo").Soon();
        var old = _test.Live("echo");
        using (old.Leases.TryTake())
        {
            await Registry.ReloadAsync("echo").Soon();
            Assert.Equal(2, _test.Live("echo").Generation);
            Assert.Null(old.Leases.TryTake());
            Assert.Equal(("echo", 1, "draining"), Registry.Retired.Select(retired => (retired.Plugin, retired.Generation, retired.State)).Single());
            Assert.Equal(2, Registry.LiveGenerations);
        }
        await _test.RetiredAsync();
        Assert.Equal(["echo 1 unloads"], _steps);
    }

    [Fact]
    public async Task A_rehearsal_tells_what_would_come_of_it_and_serves_nothing()
    {
        Put("echo", "say");
        _test.Source.PutBroken("broken");
        Put("thief", "say");

        var rehearsals = await Registry.RehearseAsync([new("echo"), new("broken"), new("thief")], CancellationToken.None).Soon();

        Assert.Equal(["say"], rehearsals[0].Tools.Select(tool => tool.Name));
        Assert.Equal([null, PluginStage.Compile, PluginStage.Publish], rehearsals.Select(rehearsal => rehearsal.Failure?.Stage));
        Assert.Empty(_test.Tools);
        Assert.Empty(_test.Turns);
        Assert.Empty(Registry.Failures);
        await _test.RetiredAsync();
        Assert.Equal(["echo 1 unloads", "thief 1 unloads"], _steps.Order());
    }

    [Fact]
    public async Task A_change_that_is_cancelled_serves_nothing_cleans_up_and_does_not_keep_the_next_one()
    {
        using var cancel = new CancellationTokenSource();
        Put("a", "first");
        _test.Source.Put("b", mcp =>
        {
            mcp.Tool("second", "", () => "");
            cancel.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Registry.ApplyAsync(
            [new(new("a"), PluginChangeKind.Load), new(new("b"), PluginChangeKind.Load), new(new("a2"), PluginChangeKind.Load)], cancel.Token).Soon());
        Assert.Empty(_test.Tools);
        Assert.Empty(Registry.Failures);
        await _test.RetiredAsync();
        Assert.Contains("a 1 unloads", _steps);

        Assert.True((await Registry.LoadAsync("a").Soon()).Ok);
    }

    [Fact]
    public async Task A_shutdown_serves_nothing_any_more_and_unloads_everything()
    {
        Put("a", "first");
        Put("b", "second");
        await _test.ApplyAsync(PluginChangeKind.Load, "a", "b");

        await _test.ShutdownAsync();

        Assert.True(_test.Served.IsClosed);
        Assert.Empty(_test.Tools);
        Assert.Equal(["a 1 unloads", "b 1 unloads"], _steps.Order());
    }

    [Fact]
    public async Task After_a_shutdown_no_plugin_is_loaded_any_more()
    {
        Put("a", "first");
        await _test.ShutdownAsync();

        var result = await Registry.LoadAsync("a").Soon();

        Assert.Equal((false, "Plugin 'a' stays as it is: the proxy is shutting down."), (result.Ok, result.Error));
        Assert.Empty(Registry.Plugins);
        Assert.Equal(0, Registry.LiveGenerations);
    }

    [Fact]
    public async Task The_hosts_own_tools_are_served_beside_those_of_plugins_and_never_take_a_name_from_one()
    {
        Put("echo", "say");
        await Registry.LoadAsync("echo").Soon();
        await Registry.OfferHostToolsAsync([TestPlugin.Tool("proxy__list")]).Soon();
        Assert.Equal(["proxy__list", "say"], _test.Served.Catalog.Tools.Items.Select(item => item.Id));
        Assert.Equal(["say"], _test.Tools);

        var before = _test.Served.Catalog;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Registry.OfferHostToolsAsync([TestPlugin.Tool("say")]).Soon());
        Assert.Contains("The tool 'say' is already offered by plugin 'echo'", error.Message);
        Assert.Same(before, _test.Served.Catalog);
    }

    [Fact]
    public async Task A_running_plugin_changes_its_own_set_in_one_step()
    {
        Put("echo", "say");
        var mcp = await LoadAsync("echo");

        await mcp.UpdateAsync(update =>
        {
            update.Remove("say");
            update.Tool("shout", "", () => "");
        }).Soon();

        Assert.Equal(["shout"], _test.Tools);
        Assert.Equal(ListKinds.Tools, _test.Turns[^1].Lists);
        Assert.Equal(["shout"], Assert.Single(Registry.Plugins).Tools);
    }

    [Fact]
    public async Task A_running_plugin_that_wants_a_name_of_another_one_keeps_what_it_had()
    {
        Put("other", "taken");
        Put("echo", "say");
        await Registry.LoadAsync("other").Soon();
        var mcp = await LoadAsync("echo");
        var before = _test.Served.Catalog;

        await Assert.ThrowsAsync<InvalidOperationException>(() => mcp.UpdateAsync(update => update.Tool("taken", "", () => "")).Soon());

        Assert.Same(before, _test.Served.Catalog);
        Assert.Equal(["say"], _test.Live("echo").Items.Tools.Select(tool => tool.ProtocolTool.Name));
        await mcp.UpdateAsync(update => update.Tool("free", "", () => "")).Soon();
        Assert.Equal(["free", "say", "taken"], _test.Tools);
    }

    [Fact]
    public async Task A_generation_that_is_served_no_more_cannot_change_its_set()
    {
        Put("echo", "say");
        var old = await LoadAsync("echo");
        using var call = _test.Live("echo").Leases.TryTake();
        await Registry.ReloadAsync("echo").Soon();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => old.UpdateAsync(update => update.Tool("late", "", () => "")).Soon());

        Assert.Contains("This generation of plugin 'echo' is not served", error.Message);
        Assert.Equal(["say"], _test.Tools);
    }

    IEnumerable<PluginReference> Wanted => _test.Wanted.From([], []);

    string Description(string tool) => _test.Served.Catalog.Tools.TryGet(tool, out var item) ? item.Primitive.ProtocolTool.Description! : "none";

    async Task<IPluginBuilder> LoadAsync(string name)
    {
        IPluginBuilder? builder = null;
        _built = mcp => builder = mcp;
        await Registry.LoadAsync(name).Soon();
        return builder!;
    }

    Action<IPluginBuilder> _built = _ => { };

    void Put(string name, params string[] tools)
    {
        var generation = 0;
        _test.Source.Put(name, mcp =>
        {
            var mine = ++generation;
            foreach (var tool in tools)
                mcp.Tool(tool, "", () => "");
            mcp.OnUnload(() => Step($"{name} {mine} unloads"));
            _built(mcp);
        });
    }

    void Step(string step)
    {
        lock (_steps)
            _steps.Add(step);
    }
}
