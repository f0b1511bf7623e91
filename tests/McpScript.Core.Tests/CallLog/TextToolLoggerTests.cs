using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

public sealed class TextToolLoggerTests : IDisposable
{
    readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_has_time_outcome_and_call()
    {
        using var logger = new TextToolLogger(_folder["tool_calls.log"]);

        logger.Write(Some.ToolCall());
        logger.Write(Some.ToolCall() with { Ok = false, Error = CallErrorKind.ToolError, Duration = TimeSpan.FromMilliseconds(2.5), Plugin = "demo" });

        Assert.Equal(
            """
            [2026-11-22 05:18:12] OK echo {"message":"hi"}
            [2026-11-22 05:18:12] FAIL echo {"message":"hi"} 2.5 ms plugin=demo error=tool_error

            """,
            _folder.Text("tool_calls.log"));
    }

    [Fact]
    public void Nothing_in_a_call_makes_a_second_line()
    {
        using var logger = new TextToolLogger(_folder["tool_calls.log"]);

        logger.Write(Some.ToolCall("evil\n[2026-11-22 05:18:12] OK forged {}", """{"a":"one\ntwo"}"""));

        Assert.Single(File.ReadAllLines(_folder["tool_calls.log"]));
    }

    [Fact]
    public void Parameters_are_cut_at_100_characters()
    {
        using var logger = new TextToolLogger(_folder["tool_calls.log"]);

        logger.Write(Some.ToolCall(parameters: $$"""{"a":"{{new string('x', 200)}}"}"""));

        Assert.EndsWith("""{"a":" """.TrimEnd() + new string('x', 94) + "...\n", _folder.Text("tool_calls.log"));
    }

    [Fact]
    public void A_full_file_is_archived_and_the_oldest_archive_is_deleted()
    {
        using var logger = new TextToolLogger(_folder["tool_calls.log"], maxSize: 1);

        foreach (var tool in new[] { "one", "two", "three", "four", "five" })
            logger.Write(Some.ToolCall(tool));

        Assert.Equal(["tool_calls.log", "tool_calls.log.1", "tool_calls.log.2", "tool_calls.log.3"], _folder.Names);
        Assert.Contains("OK five", _folder.Text("tool_calls.log"));
        Assert.Contains("OK four", _folder.Text("tool_calls.log.1"));
        Assert.Contains("OK two", _folder.Text("tool_calls.log.3"));
    }

    [Fact]
    public void Two_loggers_write_two_files()
    {
        using var first = new TextToolLogger(_folder["tool_calls.log"]);
        using var second = new TextToolLogger(_folder["tool_calls.log"]);
        using var jsonl = new JsonlToolLogger(_folder.Path);

        Assert.Equal(["tool_calls.log", "tool_calls.2.log", "tool_calls.jsonl"], new[] { first.Open(), second.Open(), jsonl.Open() }.Select(Path.GetFileName));
    }

    [Fact]
    public void Secrets_are_removed()
    {
        using var logger = new TextToolLogger(_folder["tool_calls.log"]);
        logger.Log("login", "", ("password", "hunter22"));
        Assert.DoesNotContain("hunter22", _folder.Text("tool_calls.log"));
    }
}
