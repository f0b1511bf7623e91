using McpScript.Catalogs;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public class CollisionRulesTests
{
    [Fact]
    public void Without_collisions_all_new_generations_are_served()
    {
        var (_, after, candidates) = new Contest([("a", ["tool x"])], [("a", ["tool y"]), ("b", ["tool x"])]).Resolve();

        Assert.Equal(["a#2", "b#2"], Served(after));
        Assert.All(candidates, candidate => Assert.True(candidate is { Failure: null, Rejected: null, Next: not null }));
        Assert.Equal("b", OwnerOf(after, "x"));
    }

    [Fact]
    public void A_new_plugin_loses_a_name_to_a_plugin_that_did_not_change()
    {
        var (_, after, candidates) = new Contest([("b", ["tool x"])], [("a", ["tool x", "tool y"])]).Resolve();

        Assert.Equal(["b#1"], Served(after));
        Assert.Equal(["x"], after.Tools.Items.Select(item => item.Id));
        var failure = candidates[0].Failure!;
        Assert.Equal((new PluginReference("a"), PluginStage.Publish), (failure.Reference, failure.Stage));
        Assert.Equal("MCS0005", failure.Problems.Single().Code);
        Assert.Equal(["b"], candidates[0].BlockedBy.Select(blocker => blocker.Name));
    }

    [Fact]
    public void A_plugin_that_falls_back_is_marked_with_its_rejected_generation_and_the_files_that_may_fix_it()
    {
        var contest = new Contest([("b", ["tool x"])], [("a", ["tool x"])]);

        var candidate = contest.Resolve().Candidates[0];

        Assert.Null(candidate.Next);
        Assert.Equal(2, candidate.Rejected?.Generation);
        Assert.Equal(candidate.Rejected?.Files, candidate.Failure?.Files);
    }

    [Fact]
    public void A_reload_that_collides_keeps_the_old_generation_and_its_names()
    {
        var (before, after, candidates) = new Contest([("a", ["tool y"]), ("b", ["tool x"])], [("a", ["tool x"])]).Resolve();

        Assert.Equal(["a#1", "b#1"], Served(after));
        Assert.Same(before.Plugins[0], after.Plugins[0]);
        Assert.Equal("a", OwnerOf(after, "y"));
        Assert.NotNull(candidates[0].Failure);
    }

    [Fact]
    public void A_plugin_is_served_after_all_if_the_one_that_it_lost_to_falls_back_later()
    {
        // b wins z from a, but then a's old generation keeps w, which b needs too: b fails, and z is free for a.
        var (_, after, candidates) = new Contest([("a", ["tool w"])], [("b", ["tool z", "tool w"]), ("a", ["tool z"])]).Resolve();

        Assert.Equal(["a#2"], Served(after));
        Assert.Equal("z", after.Tools.Items.Single().Id);
        Assert.Null(candidates[1].Failure);
        Assert.Equal(["a"], candidates[0].BlockedBy.Select(blocker => blocker.Name));
        Assert.Contains("'z'", candidates[0].Failure!.Problems.Single().Message);
    }

    [Fact]
    public void Two_reloads_may_swap_their_names()
    {
        var (_, after, _) = new Contest([("a", ["tool x"]), ("b", ["tool y"])], [("a", ["tool y"]), ("b", ["tool x"])]).Resolve();

        Assert.Equal(["a#2", "b#2"], Served(after));
        Assert.Equal(("b", "a"), (OwnerOf(after, "x"), OwnerOf(after, "y")));
    }

    [Fact]
    public void The_name_of_a_plugin_that_leaves_is_free_for_another()
    {
        var (_, after, candidates) = new Contest([("b", ["tool x"])], [("b", null), ("a", ["tool x"])]).Resolve();

        Assert.Equal(["a#2"], Served(after));
        Assert.All(candidates, candidate => Assert.Null(candidate.Failure));
    }

    [Fact]
    public void Of_two_new_plugins_the_first_in_the_change_gets_the_name()
    {
        var (_, after, candidates) = new Contest([], [("b", ["tool x"]), ("a", ["tool x"])]).Resolve();

        Assert.Equal(["b#2"], Served(after));
        Assert.Equal(["b"], candidates[1].BlockedBy.Select(blocker => blocker.Name));
    }

    [Fact]
    public void A_generation_that_comes_back_takes_its_names_from_new_plugins()
    {
        // The new a loses z to c, so the old a stays, with the x that b wanted.
        var (_, after, candidates) = new Contest([("a", ["tool x"]), ("c", ["tool z"])], [("b", ["tool x"]), ("a", ["tool z"])]).Resolve();

        Assert.Equal(["a#1", "c#1"], Served(after));
        Assert.Equal(["a"], candidates[0].BlockedBy.Select(blocker => blocker.Name));
        Assert.Equal(["c"], candidates[1].BlockedBy.Select(blocker => blocker.Name));
    }

    [Fact]
    public void A_plugin_does_not_fail_for_another_that_fails_itself()
    {
        // b loses its prompt to c, and so has no claim to x.
        var (_, after, candidates) = new Contest([("c", ["prompt p"])], [("b", ["tool x", "prompt p"]), ("a", ["tool x"])]).Resolve();

        Assert.Equal(["c#1", "a#2"], Served(after));
        Assert.Equal(["a", "c"], candidates[0].BlockedBy.Select(blocker => blocker.Name));
        Assert.Null(candidates[1].Failure);
    }

    [Fact]
    public void Of_new_plugins_that_collide_in_a_chain_the_first_and_the_last_are_served()
    {
        // The collision of b and c is about a tool and comes first; but b loses its prompt to a.
        var (_, after, candidates) = new Contest([], [("a", ["prompt p"]), ("b", ["tool x", "prompt p"]), ("c", ["tool x"])]).Resolve();

        Assert.Equal(["a#2", "c#2"], Served(after));
        Assert.Equal(["c", "a"], candidates[1].BlockedBy.Select(blocker => blocker.Name));
    }

    [Fact]
    public void A_plugin_does_not_fail_for_another_that_loses_to_an_old_generation()
    {
        // a falls back to its x, so b loses x, and the m that d wants is free.
        var contest = new Contest([("a", ["prompt x"]), ("c", ["prompt z"])], [("b", ["tool m", "prompt x"]), ("d", ["tool m"]), ("a", ["prompt z"])]);

        var (_, after, candidates) = contest.Resolve();

        Assert.Equal(["a#1", "c#1", "d#2"], Served(after));
        Assert.Null(candidates[1].Failure);
    }

    [Fact]
    public void All_lost_names_of_a_plugin_are_reported_together_with_each_winner_once()
    {
        var (_, _, candidates) = new Contest([("b", ["tool x", "tool y"]), ("c", ["prompt p"])], [("a", ["tool x", "tool y", "prompt p"])]).Resolve();

        Assert.Equal(3, candidates[0].Failure!.Problems.Length);
        Assert.Equal(["b", "c"], candidates[0].BlockedBy.Select(blocker => blocker.Name));
    }

    [Fact]
    public void Lost_names_of_another_plugin_are_not_reported_with_it()
    {
        var (_, _, candidates) = new Contest([("c", ["tool x", "tool y"])], [("a", ["tool x"]), ("b", ["tool y"])]).Resolve();

        Assert.Contains("'x'", candidates[0].Failure!.Problems.Single().Message);
        Assert.Contains("'y'", candidates[1].Failure!.Problems.Single().Message);
    }

    [Fact]
    public void A_reserved_name_is_reported_without_a_winning_plugin()
    {
        var contest = new Contest([], [("a", ["tool own"]), ("b", ["tool proxy__x"])]) { Host = TestItems.Of("tool own") };

        var (_, after, candidates) = contest.Resolve();

        Assert.Empty(after.Plugins);
        Assert.Equal(["own"], after.Tools.Items.Select(item => item.Id));
        Assert.All(candidates, candidate => Assert.Empty(candidate.BlockedBy));
        Assert.All(candidates, candidate => Assert.Equal("MCS0006", candidate.Failure!.Problems.Single().Code));
    }

    [Fact]
    public void A_reload_keeps_the_place_of_its_plugin_and_new_plugins_come_last()
    {
        var (_, after, _) = new Contest(
            [("a", ["tool a"]), ("b", ["tool b"]), ("c", ["tool c"]), ("d", ["tool d"])],
            [("f", ["tool f"]), ("c", ["tool c"]), ("b", null), ("a", ["tool a"]), ("e", ["tool e"])]).Resolve();

        Assert.Equal(["a#2", "c#2", "d#1", "f#2", "e#2"], Served(after));
    }

    [Fact]
    public void A_refused_or_failed_change_leaves_its_plugin_as_it_is()
    {
        var before = Catalog.Of([TestItems.Plugin("a", "tool x"), TestItems.Plugin("b", "tool y")], TestItems.Of("tool own"), out _);
        var refused = new PendingChange(new(new("a"), PluginChangeKind.Unload), before.Plugins[0]) { Refusal = "no" };
        var failed = new PendingChange(
            new(new("b"), PluginChangeKind.Refresh), before.Plugins[1])
        { Failure = new(new("b"), PluginStage.Compile, [new("no")]) };

        var after = CollisionRules.Resolve(before, [refused, failed]);

        Assert.Equal(before.Plugins, after.Plugins);
        Assert.Equal(["own", "x", "y"], after.Tools.Items.Select(item => item.Id));
        Assert.Same(before.Host, after.Host);
    }

    static IEnumerable<string> Served(Catalog catalog) => catalog.Plugins.Select(plugin => $"{plugin.Reference}#{plugin.Generation}");

    static string? OwnerOf(Catalog catalog, string tool) => catalog.Tools.TryGet(tool, out var item) ? item.Owner?.Reference.Name : null;
}
