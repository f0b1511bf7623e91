using McpScript.CallLog;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.CallLog;

public sealed class TranscriptLoggerTests : IDisposable
{
    readonly LogFolder _folder = new();
    readonly FakeTimeProvider _time = EastClock.At(new(2026, 11, 22, 3, 24, 12, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_transcript_has_the_format_of_the_original()
    {
        using var transcript = new TranscriptLogger(_folder.Path, time: _time);
        Assert.False(transcript.Active);

        Assert.Equal(_folder["2026-11-22-05-24-12.md"], transcript.Start());
        Assert.True(transcript.Active);
        transcript.Write(Some.ToolCall(parameters: """{"message":"again"}""", result: "echo: again") with { Time = _time.GetLocalNow() });
        transcript.Write(Some.ToolCall("no", "{}", "No.") with { Time = _time.GetLocalNow(), Ok = false });
        Assert.Equal(_folder["2026-11-22-05-24-12.md"], transcript.Stop());

        Assert.Equal(
            """
            # MCP Transcript
            **Started:** 2026-11-22 05:24:12

            ---


            ## [2026-11-22 05:24:12] ✓ `echo`

            **Parameters:**
              message: again

            **Result:**
            ```
            echo: again
            ```

            ---

            ## [2026-11-22 05:24:12] ✗ `no`

            **Parameters:**
              (none)

            **Result:**
            ```
            No.
            ```

            ---

            ---
            **Ended:** 2026-11-22 05:24:12

            """,
            _folder.Text("2026-11-22-05-24-12.md"));
    }

    [Fact]
    public void Without_a_start_nothing_is_written_and_nothing_fails()
    {
        using var transcript = new TranscriptLogger(_folder.Path, time: _time);
        transcript.Write(Some.ToolCall());
        Assert.Equal("(no active transcript)", transcript.Stop());
        Assert.False(Directory.Exists(_folder.Path));
    }

    [Fact]
    public void Two_in_one_second_are_two_files()
    {
        using var transcript = new TranscriptLogger(_folder.Path, time: _time);
        Assert.NotEqual(transcript.Start(), transcript.Start());
        using var another = new TranscriptLogger(_folder.Path, time: _time);
        another.Start();
        Assert.Equal(3, _folder.Names.Count());
    }

    [Fact]
    public void A_full_transcript_is_followed_by_another()
    {
        using var transcript = new TranscriptLogger(_folder.Path, maxSize: 200, time: _time);
        var first = transcript.Start();
        transcript.Write(Some.ToolCall("one", result: new string('x', 200)));
        transcript.Write(Some.ToolCall("two"));

        Assert.NotEqual(first, transcript.Path);
        Assert.Contains("**Ended:**", File.ReadAllText(first));
        Assert.Contains("`two`", File.ReadAllText(transcript.Path!));
    }

    [Fact]
    public void Nothing_in_a_call_breaks_the_format_of_the_transcript()
    {
        using var transcript = new TranscriptLogger(_folder.Path, time: _time);
        var path = transcript.Start();

        transcript.Write(Some.ToolCall(
            "x`\n# heading", """{"a":"one\n# two","```":"b","c\n# d":1}""", "before\n````\n# not a heading\n````\nafter"));
        transcript.Stop();

        var lines = File.ReadAllLines(path);
        Assert.Equal(2, lines.Count(line => line == "`````"));
        Assert.DoesNotContain(lines, line => line.TrimStart().StartsWith("```", StringComparison.Ordinal) && line is not ("`````" or "````"));
        Assert.Equal(["# MCP Transcript", "# not a heading"], lines.Where(line => line.StartsWith("# ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_long_result_is_cut_and_says_how_long_it_was()
    {
        using var transcript = new TranscriptLogger(_folder.Path, time: _time);
        var path = transcript.Start();
        transcript.Write(Some.ToolCall(result: new string('x', 70_000)));
        Assert.Contains(new string('x', 50_000) + "\n\n... (truncated, 70000 chars)\n```", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 50_001), File.ReadAllText(path), StringComparison.Ordinal);
    }
}
