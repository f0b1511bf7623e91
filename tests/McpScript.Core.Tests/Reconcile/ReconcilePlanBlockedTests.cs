namespace McpScript.Core.Tests.Reconcile;

public class ReconcilePlanBlockedTests
{
    static readonly FolderModel Empty = FolderModel.Empty;
    static readonly FolderModel Owner = Empty.With("owner").WithLoaded("owner", at: 5).With("a");

    [Theory]
    [InlineData(6, false)]
    [InlineData(5, false)]
    [InlineData(4, true)]
    public void A_plugin_that_lost_a_name_is_tried_again_when_the_owner_is_a_newer_generation_than_the_one_that_won(int triedAt, bool isRefreshed)
    {
        string[] expected = isRefreshed ? ["refresh a"] : [];

        Assert.Equal(expected, Owner.WithBlocked("a", triedAt, "OWNER").PlanText());
        Assert.Equal(expected, Owner.WithLoaded("a").WithBlocked("a", triedAt, "OWNER").PlanText());
    }

    [Fact]
    public void A_plugin_that_lost_a_name_is_tried_again_when_any_of_the_owners_is_gone()
    {
        Assert.Equal(["refresh a"], Owner.WithBlocked("a", 6, "owner", "gone").PlanText());
        Assert.Equal(["refresh a"], Owner.WithLoaded("a").WithBlocked("a", 6, "gone", "owner").PlanText());
        Assert.Empty(Owner.WithFailed("a", at: 6).PlanText());
    }

    [Fact]
    public void A_plugin_that_lost_a_name_is_tried_again_together_with_the_owner()
    {
        var saved = Owner.Saved(FolderModel.PathOf("owner", FolderModel.One));

        Assert.Equal(["refresh owner", "refresh a"], saved.WithBlocked("a", 6, "other", "owner").With("other").WithLoaded("other").PlanText());
        Assert.Equal(["refresh owner"], saved.WithFailed("a", at: 6).PlanText());
    }

    [Fact]
    public void A_plugin_that_lost_a_name_is_tried_again_together_with_the_unloading_of_the_owner()
    {
        var model = Empty.With("a").WithLoaded("owner").WithBlocked("a", 6, "owner");

        Assert.Equal(["unload owner", "refresh a"], model.PlanText(gone: ["owner"]));
        Assert.Equal(["unload owner", "refresh a"], model.List("a").PlanText());
        Assert.Empty(model.PlanText());
    }

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("c", "b", "a")]
    [InlineData("b", "c", "a")]
    public void A_chain_of_plugins_that_lost_names_to_each_other_is_tried_together_whatever_their_order(params string[] order)
    {
        var model = Empty.WithLoaded("b").WithLoaded("c").WithBlocked("a", 6, "b").WithBlocked("b", 6, "c").Saved(FolderModel.PathOf("c", FolderModel.One));

        Assert.Equal(order.Select(name => $"refresh {name}"), order.Aggregate(model, (found, name) => found.With(name)).PlanText());
    }

    [Fact]
    public void A_plugin_that_lost_a_name_and_is_deleted_together_with_the_owner_is_only_unloaded() =>
        Assert.Equal(["unload owner", "unload a"], Empty.WithLoaded("owner").WithLoaded("a").WithBlocked("a", 6, "owner").PlanText(gone: ["owner", "a"]));

    [Fact]
    public void A_plugin_that_counts_as_deleted_is_only_unloaded_even_if_it_is_found_again()
    {
        var saved = Owner.Saved(FolderModel.PathOf("owner", FolderModel.One)).Saved(FolderModel.PathOf("a", FolderModel.One));

        Assert.Equal(["unload a", "refresh owner"], saved.WithLoaded("a").WithBlocked("a", 6, "owner").PlanText(gone: ["a"]));
    }

    [Fact]
    public void A_plugin_that_lost_a_name_is_not_tried_while_it_is_missing()
    {
        var model = Empty.With("owner").WithLoaded("owner").Saved(FolderModel.PathOf("owner", FolderModel.One)).WithBlocked("a", 6, "owner");

        Assert.Equal(["refresh owner"], model.WithLoaded("a").PlanText());
        Assert.Equal(["refresh owner"], model.List("a", "owner").PlanText());
    }

    [Fact]
    public void A_plugin_that_is_not_wanted_is_not_tried_for_a_freed_name() =>
        Assert.Equal(["unload owner"], Owner.List().WithBlocked("a", 6, "owner").PlanText());
}
