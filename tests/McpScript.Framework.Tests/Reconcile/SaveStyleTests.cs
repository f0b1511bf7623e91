namespace McpScript.Framework.Tests.Reconcile;

public class SaveStyleTests
{
    /// <summary>Each way in which programs replace a file, by events and by polling.</summary>
    public static TheoryData<string, bool> Styles { get; } = new(
        from style in Saves.Keys
        from polling in new[] { false, true }
        select (style, polling));

    static Dictionary<string, Action<TempFolder>> Saves => new()
    {
        ["in place"] = folder => File.WriteAllText(folder["plugins/a.csx"], "new"),
        ["temporary file renamed over it"] = folder =>
        {
            folder.File("plugins/.a.tmp", "new");
            File.Move(folder["plugins/.a.tmp"], folder["plugins/a.csx"], overwrite: true);
        },
        ["renamed over it from elsewhere"] = folder =>
        {
            folder.File("elsewhere/a.csx", "new");
            File.Move(folder["elsewhere/a.csx"], folder["plugins/a.csx"], overwrite: true);
        },
        ["vim, with a backup"] = folder =>
        {
            File.Move(folder["plugins/a.csx"], folder["plugins/a.csx~"]);
            folder.File("plugins/a.csx", "new");
            File.Delete(folder["plugins/a.csx~"]);
        },
        ["sed -i"] = folder =>
        {
            folder.File("plugins/sedX1y2Z3", "new");
            File.SetLastWriteTimeUtc(folder["plugins/sedX1y2Z3"], DateTime.UtcNow);
            File.Move(folder["plugins/sedX1y2Z3"], folder["plugins/a.csx"], overwrite: true);
        },
        ["deleted and written anew"] = folder =>
        {
            File.Delete(folder["plugins/a.csx"]);
            folder.File("plugins/a.csx", "new");
        },
        ["with its old time put back"] = folder =>
        {
            var time = File.GetLastWriteTimeUtc(folder["plugins/a.csx"]);
            folder.File("plugins/a.csx", "new");
            File.SetLastWriteTimeUtc(folder["plugins/a.csx"], time);
        },
    };

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task A_saved_file_is_a_hint_and_is_read_again(string style, bool polling)
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]], file);
        var before = watched.Readings.Read(file);

        Saves[style](folder);

        await watched.UntilReadsAsync(file, "new");
        Assert.True(watched.Readings.HasChanged(before));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_touched_file_is_a_hint_but_not_a_change(bool polling)
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "same");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]], file);
        var before = watched.Readings.Read(file);

        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(1));

        Assert.Contains(file, (await watched.NextAsync()).Paths);
        Assert.False(watched.Readings.HasChanged(before));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deleted_file_is_a_hint(bool polling)
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "old");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]], file);

        File.Delete(file);

        await watched.UntilGoneAsync(file);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_moved_in_is_a_hint_and_what_is_in_it_is_watched(bool polling)
    {
        using var folder = new TempFolder();
        folder.Folder("plugins");
        folder.File("elsewhere/weather/main.csx", "one");
        folder.File("elsewhere/weather/lib/deep.csx", "one");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]]);

        Directory.Move(folder["elsewhere/weather"], folder["plugins/weather"]);
        await watched.UntilReadsAsync(folder["plugins/weather/main.csx"], "one");

        folder.File("plugins/weather/lib/deep.csx", "two");
        await watched.UntilReadsAsync(folder["plugins/weather/lib/deep.csx"], "two");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_thousand_files_written_together_are_all_seen_after_the_last_hint(bool polling)
    {
        using var folder = new TempFolder();
        folder.Folder("plugins");
        await using var watched = await Watched.StartAsync(polling ? Watched.QuickPolling : Watched.EventsOnly, [folder["plugins"]]);

        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 3000; i++)
                folder.File($"plugins/p{i}.csx", "x");
        });

        await watched.UntilAsync(() => Directory.EnumerateFiles(folder["plugins"]).Count() == 3000);
        await writing;
    }
}
