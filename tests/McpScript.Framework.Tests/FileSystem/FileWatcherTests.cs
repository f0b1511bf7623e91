using McpScript.FileSystem;
using McpScript.Framework.Tests.Reconcile;

namespace McpScript.Framework.Tests.FileSystem;

public class FileWatcherTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plugin_folder_that_is_deleted_and_created_again_is_watched_again_each_time(bool polling)
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.Quick, [folder["plugins"]]);

        for (var round = 0; round < 2; round++)
        {
            Directory.Delete(folder["plugins"], recursive: true);
            folder.Folder("plugins");
            folder.File("plugins/a.csx", $"made again {round}");
            await watched.UntilReadsAsync(file, $"made again {round}");

            File.WriteAllText(file, $"edited {round}");
            await watched.UntilReadsAsync(file, $"edited {round}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plugin_folder_that_is_renamed_and_replaced_is_watched_again(bool polling)
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        folder.File("next/a.csx", "next");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.Quick, [folder["plugins"]]);

        Directory.Move(folder["plugins"], folder["before"]);
        await watched.UntilGoneAsync(file);
        Directory.Move(folder["next"], folder["plugins"]);
        await watched.UntilReadsAsync(file, "next");
        File.WriteAllText(file, "edited");

        await watched.UntilReadsAsync(file, "edited");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plugin_folder_that_does_not_exist_yet_is_waited_for(bool polling)
    {
        using var folder = new TempFolder();
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["not/yet/plugins"]]);

        folder.File("not/yet/plugins/a.csx", "there");

        await watched.UntilReadsAsync(folder["not/yet/plugins/a.csx"], "there");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_loaded_file_elsewhere_is_watched_even_before_it_exists(bool polling)
    {
        using var folder = new TempFolder();
        folder.Folder("plugins");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]], folder["shared/lib.csx"]);

        folder.File("shared/lib.csx", "one");
        await watched.UntilReadsAsync(folder["shared/lib.csx"], "one");
        folder.File("shared/lib.csx", "two");

        await watched.UntilReadsAsync(folder["shared/lib.csx"], "two");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_a_file_beside_a_watched_one_is_not_a_hint(bool polling)
    {
        using var folder = new TempFolder();
        var config = folder.File("home/config.yaml", "one");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [], config);

        folder.File("home/calls.jsonl", "a call");
        folder.File("home/config.yaml", "two");

        Assert.Equal([config], await watched.UntilReadsAsync(config, "two"));
    }

    [Fact]
    public async Task A_path_that_is_watched_for_the_first_time_is_a_hint_and_the_same_again_is_not()
    {
        using var folder = new TempFolder();
        folder.Folder("one");
        folder.Folder("two");
        await using var watched = await Watched.StartAsync(Watched.EventsOnly, [folder["one"]]);

        watched.Hints.Watch([folder["one"]], []);
        var none = watched.Hints.WaitAsync(null, CancellationToken.None);
        Assert.False(none.IsCompleted);

        watched.Hints.Watch([folder["one"], folder["two"]], []);
        Assert.Empty((await none).Paths);
    }

    [Fact]
    public async Task A_path_that_is_no_longer_requested_is_no_longer_watched()
    {
        using var folder = new TempFolder();
        folder.Folder("one");
        folder.Folder("two");
        await using var watched = await Watched.StartAsync(Watched.EventsOnly, [folder["one"], folder["two"]]);

        watched.Hints.Watch([folder["two"]], []);
        folder.File("one/a.csx", "unseen");
        folder.File("two/b.csx", "seen");

        Assert.DoesNotContain(folder["one/a.csx"], await watched.UntilReadsAsync(folder["two/b.csx"], "seen"));
    }

    [Fact]
    public async Task A_change_while_the_consumer_scans_makes_the_next_wait_return()
    {
        using var folder = new TempFolder();
        folder.Folder("plugins");
        await using var watched = await Watched.StartAsync(Watched.EventsOnly, [folder["plugins"]]);
        folder.File("plugins/a.csx", "one");
        await watched.NextAsync();

        folder.File("plugins/b.csx", "while no call waits");

        await watched.UntilReadsAsync(folder["plugins/b.csx"], "while no call waits");
    }

    [Fact]
    public async Task A_hint_comes_periodically_even_if_the_system_reports_no_event()
    {
        using var folder = new TempFolder();
        var options = Watched.EventsOnly with { PollInterval = TimeSpan.FromMilliseconds(10), RescanInterval = TimeSpan.FromMilliseconds(10) };
        await using var watched = await Watched.StartAsync(options, [folder.Path]);

        Assert.Empty((await watched.NextAsync()).Paths);
        Assert.Empty((await watched.NextAsync()).Paths);
    }

    [Fact]
    public async Task A_wait_with_a_limit_returns_without_a_hint()
    {
        using var folder = new TempFolder();
        await using var watched = await Watched.StartAsync(Watched.EventsOnly, [folder.Path]);

        Assert.Empty((await watched.Hints.WaitAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None)).Paths);
    }

    [Fact]
    public async Task A_waiting_consumer_is_cancelled_when_the_watching_ends()
    {
        using var folder = new TempFolder();
        var watched = await Watched.StartAsync(Watched.EventsOnly, [folder.Path]);
        var waiting = watched.Hints.WaitAsync(null, CancellationToken.None);

        await watched.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watched.Hints.WaitAsync(null, CancellationToken.None));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_environment_turns_polling_on_as_for_dotnet_watch(string? value, bool polling) =>
        Assert.Equal(polling, FileWatcherOptions.IsPollingRequested(value));
}
