using McpScript.Model;

namespace McpScript.Core.Tests.Reconcile;

public class ReconcilePlanTests
{
    static readonly FolderModel Empty = FolderModel.Empty;
    static readonly string One = FolderModel.One, Two = FolderModel.Two;

    [Fact]
    public void An_unchanged_plugin_is_left_alone() => Assert.Empty(Empty.With("a").WithLoaded("a").PlanText());

    [Fact]
    public void A_plugin_that_is_found_for_the_first_time_is_loaded() => Assert.Equal(["refresh a"], Empty.With("a").PlanText());

    [Fact]
    public void A_new_plugin_waits_while_a_missing_one_may_come_back_under_another_name() => Assert.Empty(Empty.With("a").PlanText(isWaiting: true));

    [Fact]
    public void A_saved_plugin_does_not_wait() =>
        Assert.Equal(["refresh a"], Empty.With("a").WithLoaded("a").Saved(FolderModel.PathOf("a", One)).PlanText(isWaiting: true));

    [Fact]
    public void Every_changed_file_is_read_so_that_all_of_them_can_settle()
    {
        var model = Empty.With("a").WithLoaded("a", files: ["x", "y"]).Saved("x").Saved("y");
        var asked = new List<string>();

        var plan = model.View.Changes([], isWaiting: false, file =>
        {
            asked.Add(file.Path);
            return model.HasChanged(file);
        });

        Assert.Single(plan);
        Assert.Equal([FolderModel.PathOf("a", One), "x", "y"], asked);
    }

    [Fact]
    public void A_change_of_any_file_that_a_plugin_was_made_from_refreshes_it()
    {
        var model = Empty.With("a").WithLoaded("a", files: ["x", "y"]);

        Assert.Equal(["refresh a"], model.Saved("y").PlanText());
        Assert.Equal(["refresh a"], model.Saved("x", version: 0).PlanText());
        Assert.Empty(model.Saved("z").PlanText());
    }

    [Fact]
    public void A_plugin_that_moved_is_refreshed_from_its_new_place() => Assert.Equal(["refresh a"], Empty.With("a", Two).WithLoaded("a", One).PlanText());

    [Fact]
    public void A_plugin_that_moved_and_is_broken_there_is_tried_again_only_when_it_changes()
    {
        var model = Empty.With("a", Two).WithLoaded("a", One).WithFailed("a", root: Two);

        Assert.Empty(model.PlanText());
        Assert.Equal(["refresh a"], model.Saved(FolderModel.PathOf("a", Two)).PlanText());
        Assert.Equal(["refresh a"], (model with { Places = [] }).With("a", One).PlanText());
    }

    [Fact]
    public void A_plugin_that_failed_is_tried_again_when_it_is_found_at_another_place() =>
        Assert.Equal(["refresh a"], Empty.With("a", One).WithFailed("a", root: Two).PlanText());

    [Fact]
    public void A_plugin_whose_main_file_is_missing_is_not_refreshed() =>
        Assert.Empty(Empty.WithLoaded("a").Saved(FolderModel.PathOf("a", One), version: 0).PlanText());

    [Fact]
    public void A_plugin_that_counts_as_deleted_is_unloaded_and_another_missing_one_is_not() =>
        Assert.Equal(["unload a"], Empty.WithLoaded("a").WithLoaded("b").PlanText(gone: ["a"]));

    [Fact]
    public void A_plugin_that_is_not_wanted_is_unloaded_and_not_loaded() =>
        Assert.Equal(["unload b"], Empty.List("a").With("a").WithLoaded("a").With("b").WithLoaded("b").With("c").PlanText());

    [Fact]
    public void A_plugin_that_counts_as_deleted_and_is_not_loaded_needs_no_change() => Assert.Empty(Empty.WithFailed("a").PlanText(gone: ["a"]));

    [Fact]
    public void Unloads_come_first_in_load_order_and_refreshes_in_the_order_in_which_plugins_are_wanted() =>
        Assert.Equal(
            ["unload x", "unload b", "refresh d", "refresh a", "refresh c"],
            Empty.List("d", "a", "c").With("a").With("c").With("d").WithLoaded("x").WithLoaded("b").PlanText());

    [Fact]
    public void A_listed_plugin_that_is_not_found_is_tried_once_and_again_when_it_is_found()
    {
        var missing = Empty.List("a");

        Assert.Equal(["refresh a"], missing.PlanText());
        Assert.Equal(["refresh a"], missing.PlanText(isWaiting: true));
        Assert.Empty(missing.WithUnresolved("a").PlanText());
        Assert.Equal(["refresh a"], missing.WithUnresolved("a").With("a").PlanText());
    }

    [Fact]
    public void A_loaded_plugin_that_was_not_found_is_refreshed_when_it_is_found_again() =>
        Assert.Equal(["refresh a"], Empty.WithLoaded("a").WithUnresolved("a").With("a").PlanText());

    [Fact]
    public void A_deleted_listed_plugin_is_unloaded_and_at_the_next_scan_reported_as_not_found()
    {
        var before = Empty.List("a").WithLoaded("a");
        var plan = before.Plan([new("a")]);
        var after = before.Apply(plan, _ => LoadOutcome.Live);
        var reported = after.Apply(after.Plan([]), _ => LoadOutcome.Live);

        Assert.Equal(["unload a"], before.PlanText(gone: ["a"]));
        Assert.Equal(["refresh a"], after.PlanText());
        Assert.Equal(PluginStage.Resolve, reported.Failures.Single().Stage);
        Assert.Empty(reported.PlanText());
    }

    [Theory]
    [InlineData(PluginStage.Compile)]
    [InlineData(PluginStage.Register)]
    [InlineData(PluginStage.Publish)]
    public void A_plugin_that_failed_is_tried_again_only_when_one_of_its_files_changes(PluginStage stage)
    {
        var model = Empty.With("a").WithFailed("a", stage);

        Assert.Empty(model.PlanText());
        Assert.Equal(["refresh a"], model.Saved(FolderModel.PathOf("a", One)).PlanText());
        Assert.Empty(Empty.WithFailed("a", stage).List("a").Saved(FolderModel.PathOf("a", One)).PlanText());
    }

    [Fact]
    public void A_broken_edit_of_a_loaded_plugin_is_compared_with_the_failed_attempt_and_not_with_the_generation_that_serves()
    {
        var path = FolderModel.PathOf("a", One);
        var model = Empty.With("a").WithLoaded("a").WithFailed("a", files: [new(path, "2"), new("x", "1")]);

        Assert.Empty(model.Saved(path, version: 2).PlanText());
        Assert.Equal(["refresh a"], model.Saved(path, version: 3).PlanText());
        Assert.Equal(["refresh a"], model.Saved(path, version: 2).Saved("x").PlanText());
        // Undone: the generation that serves is made from this version, but the failure has to go.
        Assert.Equal(["refresh a"], model.PlanText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_package_that_lacks_its_version_is_tried_again_only_when_the_lock_file_changes(bool isLoaded)
    {
        var model = Empty.With("a", kind: "package").WithFailed("a", PluginStage.Resolve, files: [new("lock", "1")]);
        model = isLoaded ? model.WithLoaded("a") : model;

        Assert.Empty(model.PlanText());
        Assert.Equal(["refresh a"], model.Saved("lock").PlanText());
        Assert.Empty((model with { Places = [] }).List("a").Saved("lock").PlanText());
    }

    [Fact]
    public void A_package_that_lacks_its_version_is_not_tried_again_for_its_settings() =>
        Assert.Empty(Refreshed(Empty.With("a", kind: "package").WithFailed("a", PluginStage.Resolve, files: []), "a").PlanText());

    [Fact]
    public void A_plugin_whose_settings_changed_is_refreshed_whether_it_is_loaded_or_failed_and_only_where_it_is_found()
    {
        Assert.Equal(["refresh a"], Refreshed(Empty.With("a").WithLoaded("a").With("b").WithLoaded("b"), "A").PlanText());
        Assert.Equal(["refresh a"], Refreshed(Empty.With("a").WithFailed("a"), "a").PlanText());
        Assert.Empty(Refreshed(Empty.WithLoaded("a"), "a").PlanText());
        Assert.Empty(Refreshed(Empty.WithFailed("a").List("a"), "a").PlanText());
    }

    [Theory]
    [InlineData("package", "DEMO", true)]
    [InlineData("package", "Acme.Demo", true)]
    [InlineData("package", "acme", false)]
    [InlineData("script", "demo", false)]
    [InlineData("script", "acme.demo", true)]
    public void Settings_of_a_package_may_stand_under_the_last_part_of_its_name(string kind, string changed, bool isRefreshed)
    {
        var model = Empty.With("Acme.Demo", kind: kind).WithLoaded("Acme.Demo");

        Assert.Equal(isRefreshed ? ["refresh acme.demo"] : [], Refreshed(model, "other", changed).PlanText());
    }

    [Fact]
    public void A_plugin_that_lacked_a_gate_group_is_tried_again_with_every_new_configuration()
    {
        var model = Empty.With("a").WithFailed("a", PluginStage.Register).With("b").WithLoaded("b").With("c").WithFailed("c");
        PluginProblem lacksGroup = new("no such group", GuardException.ProblemCode);
        model = model with { Failures = model.Failures.SetItem(0, model.Failures[0] with { Problems = [new("other"), lacksGroup] }) };

        Assert.Empty(model.PlanText());
        Assert.Equal(["refresh a"], Refreshed(model).PlanText());
        Assert.Equal(["refresh a"], Refreshed(model.WithLoaded("a")).PlanText());
    }

    [Fact]
    public void A_view_shows_what_it_was_made_from()
    {
        var model = Empty.List("a").With("a").WithLoaded("b");
        var view = model.View;

        Assert.True(view.IsDesired(new("A")));
        Assert.False(view.IsDesired(new("b")));
        Assert.Equal((model.Loaded[0], null), (view.Loaded(new("B")), view.Loaded(new("a"))));
    }

    static FolderModel Refreshed(FolderModel model, params string[] names) => model with { Refreshed = [.. names.Select(name => new PluginReference(name))] };
}
