using McpScript.Catalogs;
using McpScript.Core.Tests.Unloading;

namespace McpScript.Core.Tests.Registry;

/// <summary>Successive generations of one plugin: state, order of events, calls and updates from the running plugin.</summary>
public sealed class RegistryGenerationTests : PluginRegistryFixture
{
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
    public async Task Writes_of_a_rejected_generation_to_the_state_are_discarded()
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
    public async Task A_new_generation_goes_live_after_the_old_one_is_notified_that_it_retires()
    {
        var live = new TaskCompletionSource();
        _test.Source.Put("poller", mcp =>
        {
            mcp.Tool("poll", "", () => "");
            mcp.OnLive(() => Step("old lives"));
            mcp.Retiring.Register(() => Step("old retires"));
        });
        await Registry.LoadAsync("poller").Soon();
        await _test.Live("poller").Activation.Soon();
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
    public async Task A_generation_without_actions_starts_no_task_for_them()
    {
        Put("echo", "say");
        await Registry.LoadAsync("echo").Soon();
        Assert.Same(Task.CompletedTask, _test.Live("echo").Activation);
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
    public async Task A_running_plugin_that_requests_a_name_of_another_one_keeps_its_items()
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
    public async Task A_generation_that_is_no_longer_served_cannot_change_its_set()
    {
        Put("echo", "say");
        var old = await LoadAsync("echo");
        using var call = _test.Live("echo").Leases.TryTake();
        await Registry.ReloadAsync("echo").Soon();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => old.UpdateAsync(update => update.Tool("late", "", () => "")).Soon());

        Assert.Contains("This generation of plugin 'echo' is not served", error.Message);
        Assert.Equal(["say"], _test.Tools);
    }

    string Description(string tool) => _test.Served.Catalog.Tools.TryGet(tool, out var item) ? item.Primitive.ProtocolTool.Description! : "none";

    async Task<IPluginBuilder> LoadAsync(string name)
    {
        IPluginBuilder? builder = null;
        _built = mcp => builder = mcp;
        await Registry.LoadAsync(name).Soon();
        return builder!;
    }
}
