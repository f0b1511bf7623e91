using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

public sealed class JsonlToolLoggerTests : IDisposable
{
    readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_begins_with_the_fields_of_the_original()
    {
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Write(Some.ToolCall(parameters: """{"message":"grüße","n":1.50}"""));

        Assert.Equal("""{"ts":"2026-11-22T05:18:12.345+01:00","tool":"echo","params":{"message":"grüße","n":1.50},"result":"echo: hi","ok":true}"""
            + "\n", _folder.Text());
    }

    [Fact]
    public void Further_fields_follow_those_of_the_original()
    {
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Write(Some.ToolCall() with
        {
            Ok = false,
            Error = CallErrorKind.InvalidArguments,
            Duration = TimeSpan.FromMilliseconds(12.3456),
            Plugin = "demo",
            Session = "ab12cd34",
            Principal = "ann",
        });

        Assert.EndsWith(
            ""","ok":false,"duration_ms":12.346,"plugin":"demo","session":"ab12cd34","principal":"ann","error":"invalid_arguments"}""" + "\n", _folder.Text());
    }

    [Fact]
    public void The_line_is_in_the_file_when_the_call_returns()
    {
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Log("echo", "echo: hi", ("message", "hi"));

        var entry = Assert.Single(_folder.Entries());
        Assert.Equal("hi", entry.GetProperty("params").GetProperty("message").GetString());
        Assert.Equal(DateTimeOffset.Now.Offset, entry.GetProperty("ts").GetDateTimeOffset().Offset);
    }

    [Fact]
    public void Values_are_cut_at_500_and_results_at_2000_characters_and_say_so()
    {
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Log("echo", new string('r', 2001),
            ("top", new string('a', 501)), ("fits", new string('b', 500)), ("nested", new { deep = new[] { new string('c', 1000) } }));

        var entry = Assert.Single(_folder.Entries());
        var values = entry.GetProperty("params");
        Assert.Equal(new string('a', 500) + "...", values.GetProperty("top").GetString());
        Assert.Equal(new string('b', 500), values.GetProperty("fits").GetString());
        Assert.Equal(new string('c', 500) + "...", values.GetProperty("nested").GetProperty("deep")[0].GetString());
        Assert.Equal(new string('r', 2000) + "...", entry.GetProperty("result").GetString());
    }

    [Fact]
    public void A_cut_does_not_part_a_surrogate_pair()
    {
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Log("echo", "", ("text", new string('a', 499) + "😀"));

        Assert.Equal(new string('a', 499) + "...", _folder.Entries()[0].GetProperty("params").GetProperty("text").GetString());
    }

    [Fact]
    public void Many_short_values_do_not_make_an_endless_line()
    {
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Write(Some.ToolCall(parameters: $$"""{"items":[{{string.Join(',', Enumerable.Repeat("1234567", 100_000))}}]}"""));

        Assert.InRange(_folder.Text().Length, 10_000, 60_000);
        Assert.Equal("...", _folder.Entries()[0].GetProperty("params").GetProperty("items").EnumerateArray().Last().GetString());
    }

    [Fact]
    public void Invalid_text_is_logged_unchanged()
    {
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Write(Some.ToolCall(parameters: """{"half":"a\ud800b","inner":{"\udc00name":1}}""", result: "half \ud800"));

        var values = _folder.Entries()[0].GetProperty("params");
        Assert.Equal(@"a\ud800b", values.GetProperty("half").GetString());
        Assert.Equal(1, values.GetProperty("inner").EnumerateObject().Single().Value.GetInt32());
    }

    [Fact]
    public void File_and_folder_are_private()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix file modes.");
            return;
        }
        _folder.Write("tool_calls.jsonl", "");
        File.SetUnixFileMode(_folder["tool_calls.jsonl"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using var opened = new JsonlToolLogger(_folder.Path);
        using var made = new JsonlToolLogger(_folder["new"]);

        opened.Write(Some.ToolCall());
        made.Write(Some.ToolCall());

        const UnixFileMode readWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(readWrite, File.GetUnixFileMode(opened.Path!));
        Assert.Equal(readWrite, File.GetUnixFileMode(made.Path!));
        Assert.Equal(readWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["new"]));
    }

    [Fact]
    public void Two_loggers_write_two_files_and_a_third_takes_over_a_free_one()
    {
        var first = new JsonlToolLogger(_folder.Path);
        using var second = new JsonlToolLogger(_folder.Path);
        Assert.Equal([_folder["tool_calls.jsonl"], _folder["tool_calls.2.jsonl"]], [first.Open(), second.Open()]);

        Parallel.ForEach([first, second], logger =>
        {
            for (var i = 0; i < 500; i++)
                logger.Write(Some.ToolCall());
        });
        Assert.Equal(500, _folder.Entries().Length);
        Assert.Equal(500, _folder.Entries("tool_calls.2.jsonl").Length);

        first.Dispose();
        using var third = new JsonlToolLogger(_folder.Path);
        third.Write(Some.ToolCall());
        Assert.Equal(501, _folder.Entries().Length);
    }

    [Fact]
    public void Half_a_line_of_a_dead_process_is_not_continued()
    {
        _folder.Write("tool_calls.jsonl", "{\"tool\":\"one\"}\n{\"tool\":\"tw");
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Write(Some.ToolCall("three"));

        Assert.Equal(["one", "three"], _folder.Entries().Select(entry => entry.GetProperty("tool").GetString()));
    }

    [Fact]
    public void A_whole_last_line_without_an_end_is_kept()
    {
        _folder.Write("tool_calls.jsonl", "{\"tool\":\"one\"}");
        using var logger = new JsonlToolLogger(_folder.Path);

        logger.Write(Some.ToolCall("two"));

        Assert.Equal(["one", "two"], _folder.Entries().Select(entry => entry.GetProperty("tool").GetString()));
    }

    [Fact]
    public void A_file_that_was_deleted_is_created_again()
    {
        var time = EastClock.At();
        using var logger = new JsonlToolLogger(_folder.Path, time: time);
        logger.Write(Some.ToolCall("one"));

        File.Delete(logger.Path!);
        time.Advance(TimeSpan.FromSeconds(2));
        logger.Write(Some.ToolCall("two"));

        Assert.Equal("two", Assert.Single(_folder.Entries()).GetProperty("tool").GetString());
    }

    [Fact]
    public void A_file_that_was_emptied_is_written_from_its_beginning()
    {
        using var logger = new JsonlToolLogger(_folder.Path);
        logger.Write(Some.ToolCall("one"));

        File.WriteAllText(logger.Path!, "");
        logger.Write(Some.ToolCall("two"));

        Assert.Equal("two", Assert.Single(_folder.Entries()).GetProperty("tool").GetString());
    }
}
