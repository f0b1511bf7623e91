using McpScript.FileSystem;

namespace McpScript.Framework.Tests.Reconcile;

public class LinkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_edit_of_a_links_target_is_a_hint_under_the_links_own_name(bool polling)
    {
        using var folder = new TempFolder();
        folder.File("elsewhere/a.csx", "old");
        var link = folder.Link("plugins/a.csx", folder["elsewhere/a.csx"]);
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]], link);

        folder.File("elsewhere/a.csx", "new");

        Assert.Contains(link, await watched.UntilReadsAsync(link, "new"));
    }

    [Fact]
    public async Task The_target_of_a_link_is_watched_even_if_no_path_names_it()
    {
        using var folder = new TempFolder();
        folder.Folder("elsewhere");
        var dangling = folder.Link("plugins/weather/main.csx", folder["elsewhere/main.csx"]);
        await using var watched = await Watched.StartAsync(Watched.EventsOnly, [folder["plugins"]]);

        folder.File("elsewhere/main.csx", "there");

        Assert.Contains(dangling, await watched.UntilReadsAsync(dangling, "there"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_file_in_a_linked_folder_is_a_hint_under_the_links_own_name(bool polling)
    {
        using var folder = new TempFolder();
        folder.Folder("elsewhere/weather/lib");
        folder.Link("plugins/weather", folder["elsewhere/weather"]);
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]]);

        folder.File("elsewhere/weather/lib/main.csx", "there");

        Assert.Contains(folder["plugins/weather/lib/main.csx"], await watched.UntilReadsAsync(folder["plugins/weather/lib/main.csx"], "there"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_that_is_created_while_watching_is_followed(bool polling)
    {
        using var folder = new TempFolder();
        folder.Folder("plugins");
        folder.File("elsewhere/a.csx", "old");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]]);

        var link = folder.Link("plugins/a.csx", "../elsewhere/a.csx");
        await watched.UntilReadsAsync(link, "old");
        folder.File("elsewhere/a.csx", "new");

        await watched.UntilReadsAsync(link, "new");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task A_config_map_swap_is_a_hint_each_time(bool polling, bool insidePluginFolder)
    {
        using var folder = new TempFolder();
        folder.File("map/..v1/a.csx", "one");
        folder.Link("map/..data", "..v1");
        var file = folder.Link("map/a.csx", "..data/a.csx");
        await using var watched = await Watched.StartAsync(
            polling ? Watched.QuickPolling : Watched.EventsOnly, insidePluginFolder ? [folder["map"]] : [], file);

        foreach (var (version, content) in new[] { ("..v2", "two"), ("..v3", "six") })
        {
            folder.File($"map/{version}/a.csx", content);
            folder.Link("map/..data_tmp", version);
            folder.RenameOver("map/..data_tmp", "map/..data");

            await watched.UntilReadsAsync(file, content);
        }
    }

    [Fact]
    public async Task A_plugin_folder_that_is_a_link_is_followed_when_its_target_changes()
    {
        using var folder = new TempFolder();
        folder.File("v1/a.csx", "one");
        folder.File("v2/a.csx", "two");
        folder.Link("plugins", folder["v1"]);
        await using var watched = await Watched.StartAsync(Watched.EventsOnly, [folder["plugins"]]);

        folder.Link("next", folder["v2"]);
        folder.RenameOver("next", "plugins");
        await watched.UntilReadsAsync(folder["plugins/a.csx"], "two");

        folder.File("v2/a.csx", "three");
        Assert.Contains(folder["plugins/a.csx"], await watched.UntilReadsAsync(folder["plugins/a.csx"], "three"));
    }

    [Fact]
    public void Links_in_a_circle_and_up_the_tree_add_nothing_to_watch()
    {
        using var folder = new TempFolder();
        folder.Folder("plugins/a");
        folder.Link("plugins/a/up", folder.Path);
        folder.Link("plugins/a/self", ".");
        folder.Link("plugins/x", "y");
        folder.Link("plugins/y", "x");

        var plan = WatchPlan.For([folder["plugins"]], [folder["plugins/x"]]);

        Assert.Equal([folder["plugins"]], plan.Trees);
        Assert.Empty(plan.Names);
    }

    [Fact]
    public void A_file_is_watched_by_name_and_not_at_all_where_a_tree_covers_it()
    {
        using var folder = new TempFolder();
        folder.File("plugins/a.csx", "");
        folder.File("elsewhere/shared.csx", "");
        folder.File("elsewhere/config.yaml", "");

        var plan = WatchPlan.For([folder["plugins"]], [folder["plugins/a.csx"], folder["elsewhere/shared.csx"], folder["elsewhere/config.yaml"]]);

        Assert.Equal([folder["plugins"]], plan.Trees);
        var (directory, names) = Assert.Single(plan.Names);
        Assert.Equal(folder["elsewhere"], directory);
        Assert.Equal(["config.yaml", "shared.csx"], names.Order());
    }

    [Fact]
    public void A_missing_path_is_waited_for_in_the_nearest_existing_folder()
    {
        using var folder = new TempFolder();
        folder.File("plain", "a file, not a folder");

        var plan = WatchPlan.For([folder["no/such/plugins"]], [folder["plain/a.csx"]]);

        Assert.Empty(plan.Trees);
        var (directory, names) = Assert.Single(plan.Names);
        Assert.Equal(folder.Path, directory);
        Assert.Equal(["no", "plain"], names.Order());
    }
}
