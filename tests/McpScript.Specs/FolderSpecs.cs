using McpScript.Registry;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Promise 6: the folder is the truth.</summary>
public class FolderSpecs
{
    static string Tool(string name, string answer = "one") => $"mcp.Tool(\"{name}\", \"\", () => \"{answer}\");";

    [Fact]
    public async Task A_new_file_is_loaded_and_a_deleted_one_unloaded()
    {
        await using var host = await TestHost.StartAsync(("a.csx", Tool("a")));
        Assert.True((await host.SaveAsync("b.csx", Tool("b"))).Ok);
        Assert.Equal(["a", "b"], await host.ToolsAsync());

        Assert.True((await host.ChangeAsync("a", () => host.Folder.Delete("a.csx"))).Ok);
        Assert.Equal(["b"], await host.ToolsAsync());
    }

    [Fact]
    public async Task A_deletion_takes_effect_only_after_a_delay()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Options = new() { Time = new StoppedClock() } }, ("a.csx", Tool("a")), ("b.csx", Tool("b")));
        Assert.Empty(await host.ScanAfterAsync(() => host.Folder.Delete("a.csx")));
        Assert.Equal(["a", "b"], await host.ToolsAsync());

        // It comes back in time, as it was: nothing has happened.
        Assert.Empty(await host.ScanAfterAsync(() => host.Folder.Write("a.csx", Tool("a"))));
        Assert.Equal(1, host.StatusOf("a").Generation);
    }

    [Fact]
    public async Task A_renamed_file_is_one_change()
    {
        await using var host = await TestHost.StartAsync(("before.csx", Tool("work") + Tool("more")));
        var turns = new List<RegistryChanged>();
        host.Registry.Changed += turns.Add;

        await host.ChangeAsync("after", () => File.Move(host.Folder["before.csx"], host.Folder["after.csx"]));

        var turn = Assert.Single(turns);
        Assert.Equal([("before", PluginChangeKind.Unload, true), ("after", PluginChangeKind.Refresh, true)],
            turn.Results.Select(result => (result.Name, result.Kind, result.Ok)));
        Assert.Equal(Catalogs.ListKinds.None, turn.Lists);
        Assert.Equal("after", host.Registry.FindToolOwner("work"));
    }

    [Fact]
    public async Task A_loaded_part_reloads_the_scripts_that_load_it_and_no_other()
    {
        await using var host = await TestHost.StartAsync(
            ("_words.csx", "#load \"lib/deep.csx\"\nstring Word() => Deep;"), ("lib/deep.csx", "const string Deep = \"one\";"),
            ("a.csx", "#load \"_words.csx\"\nmcp.Tool(\"a\", \"\", () => Word());"),
            ("b.csx", "#load \"_words.csx\"\nmcp.Tool(\"b\", \"\", () => Word() + Word());"), ("c.csx", Tool("c")));
        Assert.Equal(["a", "b", "c"], await host.ToolsAsync());

        await host.SaveAsync("b", "lib/deep.csx", "const string Deep = \"two\";");

        Assert.Equal("two", await host.CallAsync("a"));
        Assert.Equal("twotwo", await host.CallAsync("b"));
        Assert.Equal((2, 2, 1), (host.StatusOf("a").Generation, host.StatusOf("b").Generation, host.StatusOf("c").Generation));
    }

    [Fact]
    public async Task A_plugins_own_settings_file_reloads_it_when_it_changes_comes_or_goes()
    {
        await using var host = await TestHost.StartAsync(("greet.csx", """mcp.Tool("greet", "", () => config["word"] ?? "nothing");"""));
        Assert.Equal("nothing", await host.CallAsync("greet"));

        await host.SaveAsync("greet", "greet/config.yaml", "word: hello\n");
        Assert.Equal("hello", await host.CallAsync("greet"));

        await host.SaveAsync("greet", "greet/config.yaml", "word: good day\n");
        Assert.Equal("good day", await host.CallAsync("greet"));

        var broken = await host.SaveAsync("greet", "greet/config.yaml", "word: [\n");
        Assert.Equal((false, host.Folder["greet/config.yaml"]), (broken.Ok, broken.Problems[0].File));
        Assert.Equal("good day", await host.CallAsync("greet"));

        await host.ChangeAsync("greet", () => host.Folder.Delete("greet/config.yaml"), result => result.Ok);
        Assert.Equal("nothing", await host.CallAsync("greet"));
    }

    [Fact]
    public async Task Hidden_files_loaded_parts_and_folders_without_a_main_script_are_not_plugins()
    {
        await using var host = await TestHost.StartAsync(
            ("_hidden.csx", Tool("hidden")), (".dotted.csx", Tool("dotted")), ("part.csx", "const string Part = \"part\";"),
            ("whole.csx", "#load \"part.csx\"\n" + Tool("whole")),
            ("a.test.csx", Tool("test")), ("notes.txt", "Not a script."), ("data/other.csx", Tool("other")), ("_off/main.csx", Tool("off")),
            ("bad name.csx", Tool("spaced")));
        Assert.Equal(["whole"], await host.ToolsAsync());
        Assert.Equal(["whole"], host.Registry.GetSummary().Plugins.Select(plugin => plugin.Key));
        Assert.Contains("'bad name' is not a plugin name", host.Log.Text);

        Assert.Empty(await host.ScanAfterAsync(() => host.Folder.Write("_hidden.csx", Tool("hidden", "two"))));
        Assert.Equal(["whole"], await host.ToolsAsync());
    }

    [Fact]
    public async Task With_a_list_only_listed_plugins_are_loaded_and_a_new_file_is_reported_once()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Autoload = [new("b"), new("a")] }, ("a.csx", Tool("a")), ("b.csx", Tool("b")), ("c.csx", Tool("c")));
        Assert.Equal(["a", "b"], await host.ToolsAsync());
        Assert.Equal(["b", "a"], host.Registry.Plugins.Select(plugin => plugin.Name));

        await host.ScanAfterAsync(() => host.Folder.Write("d.csx", Tool("d")));
        await host.ScanAfterAsync(() => host.Folder.Write("d.csx", Tool("d", "two")));
        Assert.Equal(["a", "b"], await host.ToolsAsync());
        foreach (var name in new[] { "c", "d" })
            Assert.Single(host.Log.Lines, line => line.Contains($"Plugin '{name}' is available at {host.Folder[name + ".csx"]}, and not loaded"));
    }

    [Fact]
    public async Task An_empty_list_loads_nothing_and_a_missing_listed_plugin_loads_when_it_appears()
    {
        await using (var none = await TestHost.StartAsync(new TestSetup { Autoload = [] }, ("a.csx", Tool("a"))))
            Assert.Empty(await none.ToolsAsync());

        await using var host = await TestHost.StartAsync(new TestSetup { Autoload = [new("a"), new("late")] }, ("a.csx", Tool("a")));
        Assert.Equal("Plugin 'late' not found", host.StatusOf("late").Problems.Single().Message);

        Assert.True((await host.SaveAsync("late.csx", Tool("late"))).Ok);
        Assert.Equal(["a", "late"], await host.ToolsAsync());
    }

    [Fact]
    public async Task A_tool_that_moves_between_two_files_recovers_whichever_is_saved_first()
    {
        await using var host = await TestHost.StartAsync(("a.csx", Tool("moving", "a") + Tool("a")), ("b.csx", Tool("b")));

        // The taker first: it waits until the owner lets go.
        Assert.False((await host.SaveAsync("b.csx", Tool("b") + Tool("moving", "b"))).Ok);
        Assert.Equal("a", await host.CallAsync("moving"));
        var turns = new List<RegistryChanged>();
        host.Registry.Changed += turns.Add;
        await host.SaveAsync("a.csx", Tool("a"));
        await TestHost.UntilAsync(() => host.Registry.FindToolOwner("moving") == "b", "b has the tool");
        Assert.Equal("b", await host.CallAsync("moving"));
        Assert.Equal("live", host.StatusOf("b").State);
        Assert.Equal(["a", "b"], Assert.Single(turns).Results.Select(result => result.Name).Order());

        // The owner first: then there is nothing to heal.
        await host.SaveAsync("b.csx", Tool("b"));
        Assert.True((await host.SaveAsync("a.csx", Tool("a") + Tool("moving", "a"))).Ok);
        Assert.Equal("a", await host.CallAsync("moving"));
    }

    [Fact]
    public async Task Two_plugins_that_swap_their_tools_in_one_change_both_succeed()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("a.csx", Tool("first", "a")), ("b.csx", Tool("second", "b")));
        host.Folder.Write("a.csx", Tool("second", "a"));
        host.Folder.Write("b.csx", Tool("first", "b"));

        var results = await host.Registry.ApplyAsync([new(new("a"), PluginChangeKind.Reload), new(new("b"), PluginChangeKind.Reload)]);

        Assert.All(results, result => Assert.True(result.Ok, result.Error));
        Assert.Equal("b", await host.CallAsync("first"));
        Assert.Equal("a", await host.CallAsync("second"));
    }

    [Fact]
    public async Task In_one_change_only_the_broken_plugin_falls_back()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("a.csx", Tool("a")), ("b.csx", Tool("b")), ("c.csx", Tool("c")));
        host.Folder.Write("a.csx", Tool("a", "two"));
        host.Folder.Write("b.csx", "broken");
        host.Folder.Write("c.csx", Tool("c", "two") + Tool("a"));

        var results = await host.Registry.ApplyAsync([.. new[] { "a", "b", "c" }.Select(name => new PluginChange(new(name), PluginChangeKind.Reload))]);

        Assert.Equal([true, false, false], results.Select(result => result.Ok));
        Assert.Equal(("two", "one", "one"), (await host.CallAsync("a"), await host.CallAsync("b"), await host.CallAsync("c")));
    }

    [Fact]
    public async Task A_plugin_unloaded_by_hand_stays_unloaded_until_it_is_loaded_by_hand()
    {
        await using var host = await TestHost.StartAsync(("a.csx", Tool("a")), ("b.csx", Tool("b")));
        Assert.True((await host.Registry.UnloadAsync("a")).Ok);

        await host.ScanAfterAsync(() => host.Folder.Write("a.csx", Tool("a", "two")));
        await host.SaveAsync("b.csx", Tool("b", "two"));
        Assert.Equal(["b"], await host.ToolsAsync());

        Assert.True((await host.Registry.LoadAsync("A")).Ok);
        Assert.Equal("two", await host.CallAsync("a"));
        Assert.True((await host.SaveAsync("a.csx", Tool("a", "three"))).Ok);
        Assert.Equal("three", await host.CallAsync("a"));
    }

    [Fact]
    public async Task A_plugin_loaded_by_hand_is_wanted_though_it_is_not_on_the_list()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Autoload = [] }, ("a.csx", Tool("a")), ("broken.csx", "broken"));
        Assert.True((await host.Registry.LoadAsync("a")).Ok);
        Assert.True((await host.SaveAsync("a.csx", Tool("a", "two"))).Ok);
        Assert.Equal("two", await host.CallAsync("a"));

        Assert.False((await host.Registry.LoadAsync("broken")).Ok);
        Assert.True((await host.SaveAsync("broken.csx", Tool("mended"))).Ok);
        Assert.Equal(["a", "mended"], await host.ToolsAsync());
    }

    [Fact]
    public async Task An_impossible_change_is_refused_with_the_text_of_the_original()
    {
        await using var host = await TestHost.StartAsync(("a.csx", Tool("a")));
        Assert.Equal("Plugin 'a' already loaded", (await host.Registry.LoadAsync("a")).Error);
        Assert.Equal("Plugin 'x' not loaded", (await host.Registry.UnloadAsync("x")).Error);
        Assert.Equal("Plugin 'x' not loaded, use load()", (await host.Registry.ReloadAsync("x")).Error);
        Assert.Equal("Plugin 'x' not found", (await host.Registry.LoadAsync("x")).Error);
        Assert.StartsWith("'../a' is not a plugin name.", (await host.Registry.LoadAsync("../a")).Error);
    }

    [Fact]
    public async Task Of_two_plugins_with_one_name_the_higher_source_wins_and_the_other_is_reported()
    {
        await using var host = await TestHost.StartAsync(("work.csx", Tool("work", "file")), ("work/main.csx", Tool("work", "folder")));
        Assert.Equal("file", await host.CallAsync("work"));
        Assert.Contains($"'{host.Folder["work/main.csx"]}' is hidden by '{host.Folder["work.csx"]}'", host.Log.Text);

        await host.ChangeAsync("work", () => host.Folder.Delete("work.csx"), result => result.Ok);
        Assert.Equal("folder", await host.CallAsync("work"));
    }
}
