using McpScript.Catalogs;
using McpScript.Core.Tests.Unloading;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>Changes of the set of plugins that is served: load, unload, reload, rehearse, cancel and shut down.</summary>
public sealed class PluginRegistryTests : PluginRegistryFixture
{
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
    public async Task A_change_that_does_not_fit_the_state_is_refused_and_changes_nothing()
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
    public async Task A_plugin_that_is_unloaded_is_no_longer_served_and_cleans_up()
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
    public async Task A_reload_replaces_the_generation_and_reports_which_lists_changed()
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
    public async Task A_refresh_loads_plugins_that_are_not_loaded_and_reloads_those_that_are()
    {
        Put("echo", "say");
        var results = (await _test.ApplyAsync(PluginChangeKind.Refresh, "echo")).Concat(await _test.ApplyAsync(PluginChangeKind.Refresh, "echo"));
        Assert.Equal([(true, 1), (true, 2)], results.Select(result => (result.Ok, result.Plugin!.Generation)));
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
        _test.Clients.Lists.Clear();

        var results = await _test.ApplyAsync(PluginChangeKind.Reload, "a", "b");

        Assert.Equal([true, false], results.Select(result => result.Ok));
        Assert.Equal(["second", "third"], _test.Tools);
        Assert.Equal([ListKinds.Tools], _test.Clients.Lists);
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
    public async Task A_rehearsal_reports_the_outcome_that_the_change_would_have_and_serves_nothing()
    {
        Put("echo", "say");
        _test.Source.PutBroken("broken");
        Put("thief", "say");

        var dryRuns = await Registry.DryRunAsync([new("echo"), new("broken"), new("thief")], CancellationToken.None).Soon();

        Assert.Equal(["say"], dryRuns[0].Tools.Select(tool => tool.Name));
        Assert.Equal([null, PluginStage.Compile, PluginStage.Publish], dryRuns.Select(dryRun => dryRun.Failure?.Stage));
        Assert.Empty(_test.Tools);
        Assert.Empty(_test.Turns);
        Assert.Empty(Registry.Failures);
        await _test.RetiredAsync();
        Assert.Equal(["echo 1 unloads", "thief 1 unloads"], _steps.Order());
    }

    [Fact]
    public async Task A_cancelled_change_serves_nothing_cleans_up_and_does_not_block_the_next_one()
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
    public async Task After_a_shutdown_nothing_is_served_and_everything_is_unloaded()
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
    public async Task After_a_shutdown_no_further_plugin_is_loaded()
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
        await Registry.AddHostToolsAsync([TestPlugin.Tool("proxy__list")]).Soon();
        Assert.Equal(["proxy__list", "say"], _test.Served.Catalog.Tools.Items.Select(item => item.Id));
        Assert.Equal(["say"], _test.Tools);

        var before = _test.Served.Catalog;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Registry.AddHostToolsAsync([TestPlugin.Tool("say")]).Soon());
        Assert.Contains("The tool 'say' is already offered by plugin 'echo'", error.Message);
        Assert.Same(before, _test.Served.Catalog);
    }
}
