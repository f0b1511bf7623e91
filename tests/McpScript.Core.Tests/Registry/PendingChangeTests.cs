using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public class PendingChangeTests
{
    static readonly PluginReference Echo = new("echo");
    static readonly TimeSpan Elapsed = TimeSpan.FromSeconds(3);

    [Fact]
    public void A_new_plugin_adds_all_its_items_by_kind()
    {
        var next = TestItems.Plugin("echo", "command c", "prompt p", "resource demo://r", "template demo://{t}", "tool t");

        var result = new PendingChange(new(Echo, PluginChangeKind.Load), null) { Next = next }.ToResult(Elapsed);

        Assert.Equal(("echo", PluginChangeKind.Load, true, false, Elapsed), (result.Name, result.Kind, result.Ok, result.WasLoaded, result.Elapsed));
        Assert.Equal(["t", "demo://r", "demo://{t}", "p", "c"], result.Added);
        Assert.Empty(result.Changed);
        Assert.Empty(result.Removed);
        Assert.Equal(next.Generation, result.Plugin?.Generation);
        Assert.Equal((null, null), (result.Error, result.Stage));
        Assert.Empty(result.Problems);
    }

    [Theory]
    [InlineData("tool t")]
    [InlineData("prompt t")]
    [InlineData("resource demo://t")]
    [InlineData("template demo://{t}")]
    [InlineData("command t")]
    public void A_new_generation_reports_added_changed_and_removed_items(string word)
    {
        var kind = word.Split(' ')[0];
        var (added, kept, removed) = (word + "1", word + "2", word + "3");
        var old = TestItems.Plugin("echo", word, kept, removed);

        var result = Reload(old, TestItems.Plugin("echo", added, kept, word + " other"));

        Assert.True(result is { Ok: true, WasLoaded: true }, kind);
        Assert.Equal([added.Split(' ')[1]], result.Added);
        Assert.Equal([word.Split(' ')[1]], result.Changed);
        Assert.Equal([removed.Split(' ')[1]], result.Removed);
    }

    [Fact]
    public void A_tool_and_a_prompt_of_one_name_are_reported_separately()
    {
        var both = TestItems.Plugin("echo", "tool review", "prompt review");

        Assert.Equal(["review"], Reload(both, TestItems.Plugin("echo", "tool review other", "prompt review")).Changed);
        Assert.Equal(["review"], Reload(both, TestItems.Plugin("echo", "prompt review")).Removed);
        Assert.Equal(["review"], Reload(TestItems.Plugin("echo", "prompt review"), both).Added);
    }

    [Fact]
    public void A_name_that_two_kinds_share_is_reported_once_for_each_outcome()
    {
        var (both, changed) = (TestItems.Plugin("echo", "tool review", "prompt review"), TestItems.Plugin("echo", "tool review other", "prompt review other"));

        Assert.Equal(["review"], Reload(both, changed).Changed);
        Assert.Equal(["review"], Reload(both, TestItems.Plugin("echo", "tool t")).Removed);
        Assert.Equal(["review"], Reload(TestItems.Plugin("echo", "tool t"), both).Added);
        Assert.Empty(Reload(both, TestItems.Plugin("echo", "tool review", "prompt review")).Changed);
    }

    [Fact]
    public void An_unload_removes_all_and_leaves_no_plugin()
    {
        var old = TestItems.Plugin("echo", "tool t", "prompt p");

        var result = new PendingChange(new(Echo, PluginChangeKind.Unload), old).ToResult(Elapsed);

        Assert.True(result is { Ok: true, WasLoaded: true, Plugin: null, Kind: PluginChangeKind.Unload });
        Assert.Equal(["t", "p"], result.Removed);
        Assert.Empty(result.Added);
    }

    [Fact]
    public void A_failed_reload_reports_the_old_generation_and_all_problems()
    {
        var old = TestItems.Plugin("echo", 4, ["tool t"]);
        var failure = new PluginLoadException(Echo, PluginStage.Compile, [new("first."), new("second.")]);

        var result = new PendingChange(new(Echo, PluginChangeKind.Reload), old) { Failure = failure }.ToResult(Elapsed);

        Assert.True(result is { Ok: false, WasLoaded: true, Stage: PluginStage.Compile, Plugin.Generation: 4 });
        Assert.Equal(ErrorTexts.Of(failure), result.Error);
        Assert.Equal(failure.Problems, result.Problems);
        Assert.Equal((0, 0, 0), (result.Added.Length, result.Changed.Length, result.Removed.Length));
    }

    [Fact]
    public void A_failed_load_reports_no_plugin()
    {
        var result = new PendingChange(new(Echo, PluginChangeKind.Load), null) { Failure = new(Echo, PluginStage.Resolve, [new("gone")]) }.ToResult(Elapsed);

        Assert.True(result is { Ok: false, WasLoaded: false, Plugin: null, Error: "gone", Stage: PluginStage.Resolve });
    }

    [Fact]
    public void A_refused_change_reports_the_refusal_and_the_plugin_that_stays()
    {
        var old = TestItems.Plugin("echo", 4, ["tool t"]);

        var loaded = new PendingChange(new(Echo, PluginChangeKind.Load), old) { Refusal = "loaded" }.ToResult(Elapsed);
        var missing = new PendingChange(new(Echo, PluginChangeKind.Unload), null) { Refusal = "not loaded" }.ToResult(Elapsed);

        Assert.True(loaded is { Name: "echo", Kind: PluginChangeKind.Load, Ok: false, Error: "loaded", Stage: null, Plugin.Generation: 4 });
        Assert.True(missing is { Name: "echo", Kind: PluginChangeKind.Unload, Ok: false, Error: "not loaded", Plugin: null });
        Assert.Empty(loaded.Removed);
    }

    [Fact]
    public void The_times_of_a_change_are_reported()
    {
        var candidate = new PendingChange(new(Echo, PluginChangeKind.Load), null)
        {
            Next = TestItems.Plugin("echo"), Compiling = TimeSpan.FromSeconds(1), Registering = TimeSpan.FromSeconds(2),
        };

        var result = candidate.ToResult(Elapsed);

        Assert.Equal((1, 2, 3), (result.Compiling.TotalSeconds, result.Registering.TotalSeconds, result.Elapsed.TotalSeconds));
    }

    [Fact]
    public void The_items_of_the_old_generation_are_kept_after_it_is_disposed_of()
    {
        var old = TestItems.Plugin("echo", "tool t");
        var candidate = new PendingChange(new(Echo, PluginChangeKind.Unload), old);

        old.SetPrimitives(PluginPrimitives.Empty);

        Assert.Equal(["t"], candidate.ToResult(Elapsed).Removed);
    }

    [Theory]
    [InlineData(PluginChangeKind.Unload, false, false, true, false)]
    [InlineData(PluginChangeKind.Unload, true, false, false, false)]
    [InlineData(PluginChangeKind.Load, false, false, false, true)]
    [InlineData(PluginChangeKind.Reload, false, false, false, true)]
    [InlineData(PluginChangeKind.Refresh, false, false, false, true)]
    [InlineData(PluginChangeKind.Refresh, true, false, false, false)]
    [InlineData(PluginChangeKind.Refresh, false, true, false, false)]
    public void A_candidate_leaves_or_is_going_unless_it_was_refused_or_has_failed(
        PluginChangeKind kind, bool isRefused, bool hasFailed, bool leaves, bool isGoing)
    {
        var candidate = new PendingChange(new(Echo, kind), TestItems.Plugin("echo"))
        {
            Refusal = isRefused ? "no" : null, Failure = hasFailed ? new(Echo, PluginStage.Compile, [new("no")]) : null,
        };

        Assert.Equal((leaves, isGoing), (candidate.Leaves, candidate.IsLoading));
    }

    [Fact]
    public void A_rehearsal_shows_the_items_whether_they_would_be_served_or_rejected()
    {
        var next = TestItems.Plugin("echo", "tool t", "prompt p");
        next.SetPrimitives(next.Items with { Advice = [new("careful")] });
        var failure = new PluginLoadException(Echo, PluginStage.Publish, [new("taken")]);
        PluginImage image = TestPlugin.Image("echo");

        var served = DryRun.Of(new(new(Echo, PluginChangeKind.Load), null) { Next = next, Image = image });
        var rejected = DryRun.Of(new(new(Echo, PluginChangeKind.Load), null) { Rejected = next, Failure = failure });
        var refused = DryRun.Of(new(new(Echo, PluginChangeKind.Load), null) { Refusal = "off" });

        Assert.Equal((Echo, image, null, null), (served.Reference, served.Image, served.Refusal, served.Failure));
        Assert.All([served, rejected], shown =>
            Assert.Equal(("t", "p", "careful"), (shown.Tools.Single().Name, shown.Prompts.Single().Name, shown.Advice.Single().Message)));
        Assert.Same(failure, rejected.Failure);
        Assert.Equal(("off", 0, 0, 0), (refused.Refusal, refused.Tools.Length, refused.Prompts.Length, refused.Advice.Length));
    }

    static ChangeResult Reload(Plugin old, Plugin next) => new PendingChange(new(Echo, PluginChangeKind.Reload), old) { Next = next }.ToResult(Elapsed);
}
