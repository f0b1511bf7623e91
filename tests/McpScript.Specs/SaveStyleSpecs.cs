using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Promise 6: however a file is saved, the change is seen, and no call fails meanwhile.</summary>
public class SaveStyleSpecs
{
    const string One = """mcp.Tool("work", "Works.", () => "one");""";
    const string Two = """mcp.Tool("work", "Works.", () => "two");""";

    /// <summary>Each style: what is there at first, and how the second version is saved.</summary>
    static readonly Dictionary<string, (Action<TestFolder> First, Action<TestFolder> Save)> Styles = new()
    {
        ["in place"] = (Plain, folder => File.WriteAllText(folder["work.csx"], Two)),
        ["a temporary file renamed over it"] = (Plain, folder =>
        {
            File.WriteAllText(folder["work.csx.tmp"], Two);
            File.Move(folder["work.csx.tmp"], folder["work.csx"], overwrite: true);
        }
        ),
        ["a file from elsewhere renamed over it"] = (Plain, folder =>
        {
            File.WriteAllText(Path.Combine(folder.Outside, "work.csx"), Two);
            File.Move(Path.Combine(folder.Outside, "work.csx"), folder["work.csx"], overwrite: true);
        }
        ),
        ["as vim does, with a backup"] = (Plain, folder =>
        {
            File.Move(folder["work.csx"], folder["work.csx~"]);
            File.WriteAllText(folder["work.csx"], Two);
            File.Delete(folder["work.csx~"]);
        }
        ),
        ["as sed -i does"] = (Plain, folder =>
        {
            File.WriteAllText(folder["sedX1y2Z3"], Two);
            File.SetAttributes(folder["sedX1y2Z3"], FileAttributes.Normal);
            File.Move(folder["sedX1y2Z3"], folder["work.csx"], overwrite: true);
        }
        ),
        ["deleted and written anew"] = (Plain, folder =>
        {
            File.Delete(folder["work.csx"]);
            File.WriteAllText(folder["work.csx"], Two);
        }
        ),
        ["same size and same time"] = (Plain, folder =>
        {
            var time = File.GetLastWriteTimeUtc(folder["work.csx"]);
            File.WriteAllText(folder["work.csx"], Two);
            File.SetLastWriteTimeUtc(folder["work.csx"], time);
        }
        ),
        ["the target of a symbolic link, elsewhere"] = (
            folder =>
            {
                File.WriteAllText(Path.Combine(folder.Outside, "real.csx"), One);
                folder.Link("work.csx", Path.Combine(folder.Outside, "real.csx"));
            },
            folder => File.WriteAllText(Path.Combine(folder.Outside, "real.csx"), Two)),
        ["a symbolic link turned to another target"] = (
            folder =>
            {
                File.WriteAllText(Path.Combine(folder.Outside, "one.csx"), One);
                File.WriteAllText(Path.Combine(folder.Outside, "two.csx"), Two);
                folder.Link("work.csx", Path.Combine(folder.Outside, "one.csx"));
            },
            folder => folder.Link("work.csx", Path.Combine(folder.Outside, "two.csx"))),
        ["a config map swapped"] = (
            folder =>
            {
                folder.Write("..v1/work.csx", One);
                folder.Link("..data", "..v1");
                folder.Link("work.csx", "..data/work.csx");
            },
            folder =>
            {
                folder.Write("..v2/work.csx", Two);
                folder.Link("..data", "..v2");
                Directory.Delete(folder["..v1"], recursive: true);
            }
        ),
        ["a whole folder moved over it"] = (
            folder => folder.Write("work/main.csx", One),
            folder =>
            {
                Directory.CreateDirectory(Path.Combine(folder.Outside, "work"));
                File.WriteAllText(Path.Combine(folder.Outside, "work", "main.csx"), Two);
                Directory.Move(folder["work"], Path.Combine(folder.Outside, "before"));
                Directory.Move(Path.Combine(folder.Outside, "work"), folder["work"]);
            }
        ),
        ["the plugin folder deleted and made again"] = (Plain, folder =>
        {
            Directory.Delete(folder.Path, recursive: true);
            folder.Write("work.csx", Two);
        }
        ),
    };

    public static TheoryData<string> AllStyles { get; } = [.. Styles.Keys];

    [Theory]
    [MemberData(nameof(AllStyles))]
    public async Task A_save_in_any_style_is_detected_and_no_call_fails_during_it(string style)
    {
        var (first, save) = Styles[style];
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = first });
        Assert.Equal("one", await host.CallAsync("work"));
        using var enough = new CancellationTokenSource();
        var calls = Caller.CallAsync(await host.ConnectAsync(), "work", enough.Token);

        var result = await host.ChangeAsync("work", () => save(host.Folder), result => result.Ok);

        Assert.NotNull(result.Plugin);
        Assert.Equal("two", await host.CallAsync("work"));
        await enough.CancelAsync();
        Assert.True(await calls > 0);
    }

    [Fact]
    public async Task A_folder_with_a_plugin_that_is_moved_in_is_loaded_and_watched()
    {
        await using var host = await TestHost.StartAsync();
        var outside = Path.Combine(host.Folder.Outside, "weather");
        Directory.CreateDirectory(Path.Combine(outside, "lib"));
        File.WriteAllText(Path.Combine(outside, "main.csx"), "#load \"lib/words.csx\"\nmcp.Tool(\"work\", \"\", () => Word);");
        File.WriteAllText(Path.Combine(outside, "lib", "words.csx"), "const string Word = \"one\";");

        Assert.True((await host.ChangeAsync("weather", () => Directory.Move(outside, host.Folder["weather"]))).Ok);
        Assert.Equal("one", await host.CallAsync("work"));

        Assert.True((await host.SaveAsync("weather", "weather/lib/words.csx", "const string Word = \"two\";")).Ok);
        Assert.Equal("two", await host.CallAsync("work"));
    }

    [Fact]
    public async Task A_plugin_folder_that_disappears_unloads_no_plugin()
    {
        var other = "";
        var setup = new TestSetup
        {
            Prepare = folder => File.WriteAllText(Path.Combine(other = folder.Outside, "clock.csx"), """mcp.Tool("clock", "", () => 1);"""),
            Configure = config => config with { PluginDirs = [.. config.PluginDirs, other] },
        };
        await using var host = await TestHost.StartAsync(setup, ("work.csx", One), ("more/main.csx", """mcp.Tool("more", "", () => "more");"""));
        Directory.Move(host.Folder.Path, host.Folder.Path + "-unmounted");
        await TestHost.UntilAsync(() => host.Log.Text.Contains("Its plugins keep serving as they are"), "the outage is logged");

        // A deletion that comes later and is believed: by then, that of the others would have been, too.
        await host.ChangeAsync("clock", () => File.Delete(Path.Combine(other, "clock.csx")));
        Assert.Equal(["more", "work"], await host.ToolsAsync());
        Assert.False((await host.Registry.ReloadAsync("work")).Ok);
        Assert.Equal("one", await host.CallAsync("work"));

        Directory.Move(host.Folder.Path + "-unmounted", host.Folder.Path);
        await TestHost.UntilAsync(() => host.Log.Text.Contains("is back"), "the return is logged");
        Assert.True((await host.SaveAsync("work.csx", Two)).Ok);
        Assert.Equal("two", await host.CallAsync("work"));
        Assert.Equal(1, host.StatusOf("more").Generation);
    }

    [Fact]
    public async Task A_touched_file_reloads_nothing()
    {
        await using var host = await TestHost.StartAsync(("work.csx", One));
        Assert.Empty(await host.ScanAfterAsync(() => File.SetLastWriteTimeUtc(host.Folder["work.csx"], DateTime.UtcNow.AddHours(1))));
        Assert.Empty(await host.ScanAfterAsync(() => File.WriteAllText(host.Folder["work.csx"], One)));
        Assert.Empty(await host.ScanAfterAsync(() => File.SetAttributes(host.Folder["work.csx"], FileAttributes.ReadOnly)));
        Assert.Equal(1, host.StatusOf("work").Generation);
    }

    static void Plain(TestFolder folder) => folder.Write("work.csx", One);
}
