using System.Text;
using McpScript.FileSystem;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.FileSystem;

public class FileHashCacheTests
{
    static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_thousand_unchanged_files_are_not_read_again()
    {
        var reads = 0;
        var readings = new FileHashCache(new FakeTimeProvider(Now), _ => StampAged(TimeSpan.FromMinutes(1)), path => Content(path, "x", ref reads));
        var paths = Enumerable.Range(0, 1000).Select(i => $"/plugins/{i}.csx").ToList();

        var first = paths.ConvertAll(path => readings.Read(path));
        var second = paths.ConvertAll(path => readings.Read(path));

        Assert.Equal(1000, reads);
        Assert.Equal(first, second);
        Assert.Equal(SourceFile.Of("/plugins/7.csx", "x"u8), second[7]);
    }

    [Fact]
    public void A_file_that_changed_in_the_clock_tick_of_its_reading_is_read_again()
    {
        var reads = 0;
        var content = "one";
        var time = new FakeTimeProvider(Now);
        var readings = new FileHashCache(time, _ => StampAged(TimeSpan.FromMilliseconds(3)), path => Content(path, content, ref reads));
        var before = readings.Read("/plugins/a.csx");

        content = "two"; // As long as the other, and the stamp stays the same.
        time.Advance(TimeSpan.FromHours(1));

        Assert.True(readings.HasChanged(before));
    }

    [Fact]
    public void A_time_in_whole_seconds_is_not_trusted_for_two_seconds()
    {
        var reads = 0;
        var stamp = StampAged(TimeSpan.FromSeconds(2)); // Now is a whole second.
        var readings = new FileHashCache(new FakeTimeProvider(Now), _ => stamp, path => Content(path, "x", ref reads));

        readings.Read("/plugins/a.csx");
        readings.Read("/plugins/a.csx");

        Assert.Equal(2, reads);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_read_again()
    {
        var reads = 0;
        var stamps = 0;
        var readings = new FileHashCache(
            new FakeTimeProvider(Now), _ => StampAged(TimeSpan.FromMinutes(1)) with { Size = Math.Min(++stamps, 2) }, path => Content(path, "x", ref reads));

        readings.Read("/plugins/a.csx");
        readings.Read("/plugins/a.csx");
        readings.Read("/plugins/a.csx");

        Assert.Equal(2, reads);
    }

    [Fact]
    public void A_forced_reading_reads()
    {
        var reads = 0;
        var readings = new FileHashCache(new FakeTimeProvider(Now), _ => StampAged(TimeSpan.FromMinutes(1)), path => Content(path, "x", ref reads));

        readings.Read("/plugins/a.csx");
        readings.Read("/plugins/a.csx", force: true);

        Assert.Equal(2, reads);
    }

    [Fact]
    public void Edits_of_the_same_size_one_right_after_the_other_are_all_seen()
    {
        using var folder = new TempFolder();
        var readings = new FileHashCache(TimeProvider.System);
        for (var i = 100; i < 400; i++)
        {
            var file = folder.File("a.csx", $"{i}");
            Assert.Equal(SourceFile.Of(file, Encoding.UTF8.GetBytes($"{i}")), readings.Read(file));
        }
    }

    [Fact]
    public void A_missing_file_and_a_dangling_link_have_no_hash_and_a_folder_cannot_be_read()
    {
        using var folder = new TempFolder();
        var readings = new FileHashCache(TimeProvider.System);

        Assert.Equal(SourceFile.Missing(folder["none.csx"]), readings.Read(folder["none.csx"]));
        Assert.Equal(SourceFile.Unreadable(folder.Folder("folder.csx")), readings.Read(folder["folder.csx"]));
        Assert.Equal(SourceFile.Missing(folder.Link("nowhere.csx", "none.csx")), readings.Read(folder["nowhere.csx"]));
    }

    [Fact]
    public void A_pipe_is_not_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes stand in the file system on Unix only.");
        using var folder = new TempFolder();
        NamedPipe.Create(folder["pipe.csx"]);

        Assert.Equal(SourceFile.NotReadable, new FileHashCache(TimeProvider.System).Read(folder["pipe.csx"]).Hash);
    }

    [Fact]
    public void A_file_that_comes_and_goes_has_changed_both_times()
    {
        using var folder = new TempFolder();
        var readings = new FileHashCache(TimeProvider.System);
        var missing = readings.Read(folder["a.csx"]);

        var there = readings.Read(folder.File("a.csx", "x"));
        Assert.True(readings.HasChanged(missing));
        File.Delete(there.Path);

        Assert.True(readings.HasChanged(there));
    }

    [Fact]
    public void The_portable_file_stamp_equals_that_of_the_system_call()
    {
        using var folder = new TempFolder();
        folder.File("file", "four");
        folder.Link("link", "file");
        folder.Link("nowhere", "none");
        folder.Folder("folder");

        foreach (var (name, follow) in from name in new[] { "file", "link", "nowhere", "folder", "none" } from follow in new[] { true, false }
                                       select (name, follow))
        {
            var expected = follow ? FileStat.Of(folder[name]) : FileStat.OfEntry(folder[name]);
            var portable = FileStat.Portable(folder[name], follow);
            Assert.Equal((name, follow, expected.Kind, expected.Size, expected.Modified), (name, follow, portable.Kind, portable.Size, portable.Modified));
        }
    }

    [Fact]
    public void The_content_of_a_recent_reading_is_reused_once_while_the_file_has_the_same_stamp()
    {
        var reads = 0;
        var stat = StampAged(TimeSpan.FromMilliseconds(3));
        var files = new FileHashCache(new FakeTimeProvider(Now), _ => stat, path => Content(path, "x", ref reads));
        var file = files.Read("/plugins/a.csx");

        Assert.Equal((file, 1), (files.ReadContent("/plugins/a.csx").File, reads));
        // Whether it has changed is a question to the disk.
        Assert.False(files.HasChanged(file));
        Assert.Equal(2, reads);

        stat = stat with { Size = 4 };
        Assert.Equal((file, 3), (files.ReadContent("/plugins/a.csx").File, reads));
    }

    [Theory]
    [InlineData(60_000, 1)]
    [InlineData(3, 300_000)]
    public void The_content_of_an_old_or_large_file_is_not_kept(int milliseconds, int length)
    {
        var reads = 0;
        var files = new FileHashCache(
            new FakeTimeProvider(Now), _ => StampAged(TimeSpan.FromMilliseconds(milliseconds)), path => Content(path, new('x', length), ref reads));
        files.Read("/plugins/a.csx");
        files.ReadContent("/plugins/a.csx");
        Assert.Equal(2, reads);
    }

    static FileContent Content(string path, string text, ref int reads)
    {
        reads++;
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(SourceFile.Of(path, bytes), bytes, null);
    }

    static FileStat StampAged(TimeSpan age)
    {
        // An odd tick, unless the age itself is whole seconds: as a file system with fine times has them.
        var changed = Now.UtcTicks - age.Ticks - (age == TimeSpan.FromSeconds(2) ? 0 : 1);
        return new FileStat(FileKind.File, new FileIdentity(1, 2, 3), 3, changed, changed);
    }
}
