using McpScript.CallLog;
using McpScript.Testing;

namespace McpScript.Core.Tests.CallLog;

public sealed class JsonlRotationTests : IDisposable
{
    static TimeSpan Patience => WaitLimits.Event;

    readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task At_midnight_the_file_of_the_day_is_compressed()
    {
        var time = EastClock.At(new(2030, 3, 4, 21, 59, 59, TimeSpan.Zero));
        using var logger = new JsonlToolLogger(_folder.Path, time: time);
        logger.Write(Some.ToolCall("one"));
        logger.Write(Some.ToolCall("two"));

        // 22:00 in Greenwich is midnight here.
        time.Advance(TimeSpan.FromSeconds(1));
        logger.Write(Some.ToolCall("three"));
        await logger.Archived.WaitAsync(Patience);

        Assert.Equal(["2030-03-04.jsonl.gz", "tool_calls.jsonl"], _folder.Names);
        Assert.Equal("three", Assert.Single(_folder.Entries()).GetProperty("tool").GetString());
        Assert.Equal(2, _folder.Unpacked("2030-03-04.jsonl.gz").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["2030-03-04.jsonl.gz"]));
    }

    [Fact]
    public async Task A_file_of_an_earlier_day_is_compressed_at_start_under_its_own_date()
    {
        _folder.Write("tool_calls.jsonl", "{\"tool\":\"old\"}\n", new(2026, 1, 2, 12, 0, 0));
        using var logger = new JsonlToolLogger(_folder.Path, retentionDays: 36_500);

        logger.Write(Some.ToolCall("new"));
        await logger.Archived.WaitAsync(Patience);

        Assert.Equal(["2026-01-02.jsonl.gz", "tool_calls.jsonl"], _folder.Names);
        Assert.Equal("{\"tool\":\"old\"}\n", _folder.Unpacked("2026-01-02.jsonl.gz"));
        Assert.Equal("new", Assert.Single(_folder.Entries()).GetProperty("tool").GetString());
    }

    [Fact]
    public async Task An_archive_is_never_overwritten()
    {
        _folder.Write("2026-01-02.jsonl.gz", "precious");
        _folder.Write("tool_calls.jsonl", "{\"tool\":\"old\"}\n", new(2026, 1, 2, 12, 0, 0));
        using var logger = new JsonlToolLogger(_folder.Path, retentionDays: 36_500);

        logger.Open();
        await logger.Archived.WaitAsync(Patience);

        Assert.Equal("precious", _folder.Text("2026-01-02.jsonl.gz"));
        Assert.Equal("{\"tool\":\"old\"}\n", _folder.Unpacked("2026-01-02.2.jsonl.gz"));
    }

    [Fact]
    public async Task Files_of_ended_processes_are_compressed_without_their_incomplete_lines()
    {
        var lastYear = new DateTime(2026, 1, 2, 12, 0, 0);
        using (var first = new JsonlToolLogger(_folder.Path))
        using (var second = new JsonlToolLogger(_folder.Path))
        {
            first.Write(Some.ToolCall());
            second.Write(Some.ToolCall());
            await Task.WhenAll(first.Archived, second.Archived).WaitAsync(Patience);
        }
        File.Delete(_folder["tool_calls.jsonl"]);
        _folder.Write("tool_calls.2.jsonl", "{\"tool\":\"two\"}\n{\"to", lastYear);
        _folder.Write("tool_calls.2026-01-01.1.rotating", "{\"tool\":\"one\"}\n");
        using var logger = new JsonlToolLogger(_folder.Path, retentionDays: 36_500);

        logger.Open();
        await logger.Archived.WaitAsync(Patience);

        Assert.Equal(["2026-01-01.jsonl.gz", "2026-01-02.jsonl.gz", "tool_calls.jsonl"], _folder.Names);
        Assert.Equal("{\"tool\":\"two\"}\n", _folder.Unpacked("2026-01-02.jsonl.gz"));
    }

    [Fact]
    public async Task The_file_of_a_running_process_is_left_alone()
    {
        using var running = new JsonlToolLogger(_folder.Path);
        running.Write(Some.ToolCall("running"));
        File.SetLastWriteTime(running.Path!, new(2026, 1, 2));
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Open();
        await logger.Archived.WaitAsync(Patience);

        Assert.Equal("running", Assert.Single(_folder.Entries()).GetProperty("tool").GetString());
    }

    [Fact]
    public async Task Archives_are_deleted_after_their_time_and_nothing_else_is()
    {
        var time = EastClock.At(new(2030, 4, 10, 12, 0, 0, TimeSpan.Zero));
        foreach (var name in new[] { "2030-01-09.jsonl.gz", "2030-01-09.2.jsonl.gz", "2030-01-10.jsonl.gz", "2029-99-99.jsonl.gz", "mine.jsonl.gz",
            "2020-01-01.jsonl" })
            _folder.Write(name, "");
        using var logger = new JsonlToolLogger(_folder.Path, retentionDays: 90, time: time);

        logger.Open();
        await logger.Archived.WaitAsync(Patience);

        Assert.Equal(["2020-01-01.jsonl", "2029-99-99.jsonl.gz", "2030-01-10.jsonl.gz", "mine.jsonl.gz", "tool_calls.jsonl"], _folder.Names);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_rotates_nothing()
    {
        var time = EastClock.At();
        using var logger = new JsonlToolLogger(_folder.Path, time: time);
        logger.Write(Some.ToolCall("one"));

        time.AdjustTime(time.GetUtcNow().AddDays(-2));
        logger.Write(Some.ToolCall("two"));
        await logger.Archived.WaitAsync(Patience);

        Assert.Equal(["tool_calls.jsonl"], _folder.Names);
        Assert.Equal(2, _folder.Entries().Length);
    }
}
