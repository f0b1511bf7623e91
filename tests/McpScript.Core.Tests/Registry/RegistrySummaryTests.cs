using McpScript.Model;
using McpScript.Registry;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Registry;

public class RegistrySummaryTests
{
    static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_plugin_as_data_has_its_place_its_items_and_its_files()
    {
        var plugin = TestItems.Plugin("echo", 3, ["tool t", "prompt p", "resource demo://r", "template demo://{t}", "command c"], "folder", time: Time);

        var summary = PluginSummary.Of(plugin);

        Assert.Equal(("echo", 3, "folder"), (summary.Name, summary.Generation, summary.Source));
        Assert.Equal((TestPlugin.Location("echo").Path, TestPlugin.Root), (summary.Path, summary.Root));
        Assert.Equal(Time.GetLocalNow(), summary.LoadedAt);
        Assert.Equal(["t"], summary.Tools);
        Assert.Equal(["p"], summary.Prompts);
        Assert.Equal(["demo://r", "demo://{t}"], summary.Resources);
        Assert.Equal(plugin.Files, summary.Files);
    }

    [Fact]
    public void The_status_of_a_live_plugin_is_its_generation()
    {
        var status = PluginStatus.Of(Loaded("echo", "tool t", "tool u", "prompt p", "resource demo://r"), null);

        Assert.Equal(("live", 1, "script"), (status.State, status.Generation, status.Source));
        Assert.Equal(TestPlugin.Location("echo").Path, status.Path);
        Assert.Equal(Time.GetLocalNow(), status.LoadedAt);
        Assert.Equal(["t", "u"], status.Tools);
        Assert.Equal(["demo://r"], status.Resources);
        Assert.Equal(["p"], status.Prompts);
        Assert.Equal((2, 1, 1), (status.ToolCount, status.ResourceCount, status.PromptCount));
        Assert.Null(status.Stage);
        Assert.Empty(status.Problems);
    }

    [Fact]
    public void The_status_of_a_live_plugin_whose_reload_failed_has_both()
    {
        var status = PluginStatus.Of(Loaded("echo", "tool t"), Failed("echo", PluginStage.Register));

        Assert.Equal(("live, last reload failed", 1, "register"), (status.State, status.Generation, status.Stage));
        Assert.Equal(["t"], status.Tools);
        Assert.Equal("broken", status.Problems.Single().Message);
    }

    [Fact]
    public void The_status_of_a_failed_plugin_has_no_generation()
    {
        var status = PluginStatus.Of(null, Failed("echo", PluginStage.Resolve));

        Assert.Equal(("failed", 0, "resolve"), (status.State, status.Generation, status.Stage));
        Assert.Equal((null, null, null), (status.Source, status.Path, status.LoadedAt));
        Assert.Equal((0, 0, 0), (status.ToolCount, status.ResourceCount, status.PromptCount));
        Assert.Equal("broken", status.Problems.Single().Message);
    }

    [Fact]
    public void The_summary_counts_the_items_of_live_plugins()
    {
        var summary = RegistrySummary.Of(
            [Loaded("a", "tool t", "tool u", "prompt p"), Loaded("b", "tool v", "resource demo://r", "template demo://{t}", "resource demo://s")],
            [Failed("c", PluginStage.Compile)], [new("d", 2, "draining", "one call")], live: 7);

        Assert.Equal((3, 3, 1, 2, 7), (summary.TotalTools, summary.TotalResources, summary.TotalPrompts, summary.TotalPlugins, summary.LiveGenerations));
        Assert.Equal("d", summary.Retired.Single().Plugin);
    }

    [Fact]
    public void Loaded_plugins_come_first_in_load_order_and_failed_ones_last_each_name_once()
    {
        var summary = RegistrySummary.Of(
            [Loaded("b"), Loaded("a")], [Failed("A", PluginStage.Compile), Failed("c", PluginStage.Compile), Failed("0", PluginStage.Compile)], [], live: 0);

        Assert.Equal(
            [("b", "live"), ("a", "live, last reload failed"), ("c", "failed"), ("0", "failed")],
            summary.Plugins.Select(plugin => (plugin.Key, plugin.Value.State)));
    }

    static PluginSummary Loaded(string name, params string[] words) => PluginSummary.Of(TestItems.Plugin(name, 1, words, time: Time));

    static PluginFailure Failed(string name, PluginStage stage) =>
        new() { Reference = new(name), Stage = stage, Error = "broken", Problems = [new("broken")], Files = [], At = Time.GetLocalNow() };
}
