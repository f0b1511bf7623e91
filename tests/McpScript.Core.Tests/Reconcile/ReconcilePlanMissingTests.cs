using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Core.Tests.Reconcile;

public class ReconcilePlanMissingTests
{
    static readonly FolderModel Empty = FolderModel.Empty;
    static readonly string One = FolderModel.One, Two = FolderModel.Two;

    [Fact]
    public void A_loaded_plugin_that_no_source_offers_is_missing() => Assert.Equal(["b"], Missing(Empty.With("a").WithLoaded("a").WithLoaded("b")));

    [Fact]
    public void A_loaded_plugin_that_is_offered_somewhere_else_is_not_missing() => Assert.Empty(Missing(Empty.With("a", Two).WithLoaded("a", One)));

    [Fact]
    public void A_loaded_plugin_of_a_folder_that_is_away_is_not_missing() =>
        Assert.Equal(["b"], Missing(Empty.WithLoaded("a", One).WithLoaded("b", Two) with { Away = [One] }));

    [Fact]
    public void A_package_of_a_folder_that_is_away_is_not_missing_though_its_files_are_elsewhere()
    {
        var model = Empty.WithLoaded("a", Two);

        Assert.Empty(Missing(model with { Loaded = [model.Loaded[0] with { Root = One }], Away = [One] }));
    }

    [Fact]
    public void A_plugin_whose_path_the_configuration_names_is_not_missing_when_the_folder_around_it_is_away() =>
        Assert.Empty(Missing(Empty.WithLoaded("a", Path.Combine(One, "inner")) with { Away = [One] }));

    [Fact]
    public void A_folder_whose_name_begins_like_that_of_one_that_is_away_is_there()
    {
        var away = Empty with { Away = [One, One + "-other"] };

        Assert.Equal(["a"], Missing(away.WithLoaded("a", One + "-more")));
        Assert.Equal(["a"], Missing(away.WithFailed("a", root: One + "-more")));
    }

    [Theory]
    [InlineData(PluginStage.Compile)]
    [InlineData(PluginStage.Register)]
    [InlineData(PluginStage.Publish)]
    public void A_failed_plugin_that_no_source_offers_is_missing(PluginStage stage) =>
        Assert.Equal(["b"], Missing(Empty.With("a").WithFailed("a", stage).WithFailed("b", stage)));

    [Fact]
    public void A_plugin_that_was_never_found_is_not_missing() => Assert.Empty(Missing(Empty.WithUnresolved("a")));

    [Fact]
    public void A_failed_plugin_of_a_folder_that_is_away_is_not_missing()
    {
        SourceFile[] files = [new("elsewhere.dll", "1"), new(FolderModel.PathOf("a", One), "1")];

        Assert.Empty(Missing(Empty.WithFailed("a", files: files) with { Away = [Two, One] }));
        Assert.Equal(["a"], Missing(Empty.WithFailed("a", files: files) with { Away = [Two] }));
    }

    [Fact]
    public void A_loaded_plugin_that_failed_is_missing_once() => Assert.Equal(["a"], Missing(Empty.WithLoaded("a").WithFailed("a")));

    [Fact]
    public void A_loaded_plugin_of_a_folder_that_is_away_is_not_missing_for_a_failure_elsewhere() =>
        Assert.Empty(Missing(Empty.WithLoaded("a", One).WithFailed("a", root: Two) with { Away = [One] }));

    static IEnumerable<string> Missing(FolderModel model) => model.View.Missing().Select(reference => reference.Name);
}
