using McpScript.FileSystem;

namespace McpScript.Framework.Tests.Reconcile;

public class RefusedEventsTests
{
    const string OutOfInstances = "The configured user limit (128) on the number of inotify instances has been reached.";

    [Fact]
    public async Task When_no_watcher_can_be_created_folders_are_polled_and_one_warning_names_the_fix()
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        var shared = folder.File("shared/lib.csx", "old");
        var log = new LogLines<FileWatcher>();
        await using var watched = await Watched.StartAsync(
            new FileWatcher(Watched.Quick, TimeProvider.System, log, _ => throw new IOException(OutOfInstances)), [folder["plugins"]], file, shared);

        File.WriteAllText(file, "new");
        await watched.UntilReadsAsync(file, "new");
        File.WriteAllText(shared, "new");
        await watched.UntilReadsAsync(shared, "new");

        var line = Assert.Single(log.Lines);
        Assert.StartsWith("Warning: ", line);
        Assert.Contains(folder["plugins"], line);
        Assert.Contains(OutOfInstances, line);
        Assert.Contains("fs.inotify.max_user_instances", line);
    }

    [Fact]
    public async Task When_the_watches_run_out_later_the_folder_is_polled_from_then_on()
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        var log = new LogLines<FileWatcher>();
        var watchers = new List<FailingWatcher>();
        await using var watched = await Watched.StartAsync(
            new FileWatcher(Watched.Quick, TimeProvider.System, log, FailingWatcher.Into(watchers)), [folder["plugins"]]);

        Assert.Single(watchers).Fail(new IOException("The configured user limit on the number of inotify watches has been reached."));
        await watched.NextAsync();
        File.WriteAllText(file, "new");
        await watched.UntilReadsAsync(file, "new");

        Assert.Single(watchers);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task Lost_events_are_a_hint_and_take_a_new_watcher()
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        var log = new LogLines<FileWatcher>();
        var watchers = new List<FailingWatcher>();
        await using var watched = await Watched.StartAsync(
            new FileWatcher(Watched.EventsOnly, TimeProvider.System, log, FailingWatcher.Into(watchers)), [folder["plugins"]]);

        watchers[0].Fail(new InternalBufferOverflowException());
        await watched.NextAsync();
        Assert.Equal(2, watchers.Count);
        File.WriteAllText(file, "new");

        await watched.UntilReadsAsync(file, "new");
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task A_subfolder_that_cannot_be_read_changes_nothing()
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        var log = new LogLines<FileWatcher>();
        var watchers = new List<FailingWatcher>();
        await using var watched = await Watched.StartAsync(
            new FileWatcher(Watched.EventsOnly, TimeProvider.System, log, FailingWatcher.Into(watchers)), [folder["plugins"]]);

        watchers[0].Fail(new UnauthorizedAccessException("lost+found"));
        await watched.NextAsync();
        File.WriteAllText(file, "new");

        await watched.UntilReadsAsync(file, "new");
        Assert.Single(watchers);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Files_scattered_over_many_folders_are_polled_beyond_the_most_watchers()
    {
        using var folder = new TempFolder();
        var files = Enumerable.Range(0, 5).Select(i => folder.File($"lib{i}/lib.csx", "old")).ToArray();
        var watchers = new List<FailingWatcher>();
        var hints = new FileWatcher(Watched.Quick with { MaxWatchers = 2 }, TimeProvider.System, new LogLines<FileWatcher>(), FailingWatcher.Into(watchers));
        await using var watched = await Watched.StartAsync(hints, [folder.Folder("plugins")], files);

        foreach (var file in files)
        {
            File.WriteAllText(file, "new");
            await watched.UntilReadsAsync(file, "new");
        }

        Assert.Equal(2, watchers.Count);
        Assert.Contains(folder["plugins"], watchers.Select(watcher => watcher.Path));
    }

    sealed class FailingWatcher(string path) : FileSystemWatcher(path)
    {
        public static Func<string, FileSystemWatcher> Into(List<FailingWatcher> made) => path =>
        {
            made.Add(new FailingWatcher(path));
            return made[^1];
        };

        public void Fail(Exception error) => OnError(new ErrorEventArgs(error));
    }
}
