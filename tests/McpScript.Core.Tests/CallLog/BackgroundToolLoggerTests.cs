using McpScript.CallLog;
using McpScript.Testing;

namespace McpScript.Core.Tests.CallLog;

public class BackgroundToolLoggerTests
{
    static TimeSpan Patience => WaitLimits.Event;

    [Fact]
    public async Task Every_accepted_entry_is_written_in_order_before_the_logger_is_closed()
    {
        var inner = new RecordingLogger();
        var logger = Writing(inner);
        for (var i = 0; i < 1000; i++)
            logger.Write(Some.ToolCall($"{i}"));

        await logger.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), inner.Calls.Select(call => call.Tool));
        Assert.True(inner.IsDisposed);
        Assert.Equal(0, logger.Dropped);
    }

    [Fact]
    public async Task A_flush_waits_for_all_earlier_entries()
    {
        var inner = new RecordingLogger();
        await using var logger = Writing(inner);
        logger.Write(Some.ToolCall());
        await logger.FlushAsync().WaitAsync(Patience);
        Assert.Single(inner.Calls);
    }

    [Fact]
    public async Task When_the_queue_is_full_a_caller_waits_and_then_the_entry_is_counted()
    {
        var inner = new RecordingLogger();
        inner.Door.Reset();
        var logger = Writing(inner, new() { Capacity = 2, LongestWait = TimeSpan.FromMilliseconds(20) });
        logger.Write(Some.ToolCall("in hand"));
        Assert.True(await inner.Came.WaitAsync(Patience));
        logger.Write(Some.ToolCall("one"));
        logger.Write(Some.ToolCall("two"));

        logger.Write(Some.ToolCall("three"));
        await logger.WriteAsync(Some.ToolCall("four")).AsTask().WaitAsync(Patience);
        Assert.Equal(2, logger.Dropped);

        inner.Door.Set();
        await logger.DisposeAsync();
        Assert.Equal(["in hand", "one", "two"], inner.Calls.Select(call => call.Tool));
    }

    [Fact]
    public async Task A_waiting_caller_gets_the_space_that_becomes_free()
    {
        var inner = new RecordingLogger();
        inner.Door.Reset();
        await using var logger = Writing(inner, new() { Capacity = 1, LongestWait = Patience });
        logger.Write(Some.ToolCall("in hand"));
        Assert.True(await inner.Came.WaitAsync(Patience));
        logger.Write(Some.ToolCall("one"));

        var waiting = logger.WriteAsync(Some.ToolCall("two")).AsTask();
        Assert.False(waiting.IsCompleted);
        inner.Door.Set();
        await waiting.WaitAsync(Patience);
        await logger.FlushAsync().WaitAsync(Patience);

        Assert.Equal((3, 0L), (inner.Calls.Count, logger.Dropped));
    }

    [Fact]
    public async Task Closing_ends_although_the_disk_hangs()
    {
        var inner = new RecordingLogger();
        inner.Door.Reset();
        var logger = Writing(inner, new() { LongestFlush = TimeSpan.FromMilliseconds(20) });
        logger.Write(Some.ToolCall());
        Assert.True(await inner.Came.WaitAsync(Patience));
        logger.Write(Some.ToolCall());

        await logger.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.Equal(1, logger.Dropped);
        inner.Door.Set();
    }

    [Fact]
    public async Task After_it_is_closed_an_entry_is_counted_and_nothing_fails()
    {
        var logger = Writing(new RecordingLogger());
        await logger.DisposeAsync();
        logger.Write(Some.ToolCall());
        await logger.FlushAsync().WaitAsync(Patience);
        Assert.Equal(1, logger.Dropped);
    }

    [Fact]
    public async Task Entries_that_could_not_be_written_are_counted_too()
    {
        var logger = Writing(new RecordingLogger { Failure = new IOException("disk full") });
        logger.Write(Some.ToolCall());
        await logger.FlushAsync().WaitAsync(Patience);
        Assert.Equal(1, logger.Dropped);
    }

    [Fact]
    public async Task A_call_reaches_all_loggers_without_its_secrets()
    {
        var (first, second) = (new RecordingLogger(), new RecordingLogger());
        await using (var logger = new BackgroundToolLogger(new([first, second]), Redaction.Default))
            logger.Write(Some.ToolCall("one", """{"password":"hunter22"}"""));

        foreach (var inner in new[] { first, second })
            Assert.Equal(("one", "[redacted]", true), inner.Calls.Select(call => (call.Tool, call.Params[0].Value.GetString(), call.IsRedacted)).Single());
    }

    [Fact]
    public async Task Many_calls_at_once_keep_their_order_and_lose_their_secrets()
    {
        var (first, second) = (new RecordingLogger(), new RecordingLogger());
        var calls = Enumerable.Range(0, 5).Select(number => Some.ToolCall($"{number}", """{"password":"hunter22"}""", "it is hunter22")).ToArray();

        await using (var logger = new BackgroundToolLogger(new([first, second]), Redaction.Default))
            foreach (var call in calls)
                logger.Write(call);

        Assert.Equal(Enumerable.Range(0, 5).Select(number => ($"{number}", "[redacted]", "it is [redacted]")),
            second.Calls.Select(call => (call.Tool, call.Params[0].Value.GetString()!, call.Result)));
        Assert.All(calls, call => Assert.False(call.IsRedacted));
    }

    [Fact]
    public async Task The_loggers_end_with_it()
    {
        var (first, second) = (new RecordingLogger(), new RecordingLogger());

        await new BackgroundToolLogger(new([first, second]), Redaction.Default).DisposeAsync();

        Assert.True(first.IsDisposed && second.IsDisposed);
    }

    [Fact]
    public async Task Only_a_call_with_large_arguments_is_redacted_before_it_waits()
    {
        var inner = new RecordingLogger();
        inner.Door.Reset();
        await using var logger = Writing(inner);
        logger.Write(Some.ToolCall("in hand"));
        Assert.True(await inner.Came.WaitAsync(Patience));

        // Calls that cannot be redacted show when that is tried.
        logger.Write(Some.ToolCall("any", """{"text":"small"}""") with { Tool = null! });
        Assert.Equal(0, logger.Dropped);
        logger.Write(Some.ToolCall("any", $$"""{"text":"{{new string('x', 20_000)}}"}""") with { Tool = null! });
        Assert.Equal(1, logger.Dropped);

        inner.Door.Set();
        await logger.FlushAsync().WaitAsync(Patience);
        Assert.Equal(2, logger.Dropped);
    }

    [Fact]
    public async Task A_call_that_cannot_be_redacted_reaches_no_logger_and_the_others_do()
    {
        var (inner, lines) = (new RecordingLogger(), new LogLines<BackgroundToolLogger>());
        await using (var logger = new BackgroundToolLogger(new([inner]), Redaction.Default, log: lines))
        {
            foreach (var tool in new[] { "one", null!, null!, "two" })
                logger.Write(Some.ToolCall("any", """{"password":"hunter22"}""") with { Tool = tool });
            await logger.FlushAsync().WaitAsync(Patience);
            Assert.Equal(2, logger.Dropped);
        }

        Assert.Equal(["one", "two"], inner.Calls.Select(call => call.Tool));
        Assert.StartsWith("Warning: Tool call log: the redaction fails with ", lines.Lines.First());
        Assert.Equal("Warning: Tool call log: 2 entries were lost in all.", lines.Lines.Last());
        Assert.Equal(2, lines.Lines.Count);
    }

    static BackgroundToolLogger Writing(RecordingLogger inner, BackgroundToolLoggerOptions? options = null) =>
        new(new CompositeToolLogger([inner]), Redaction.Default, options);
}
