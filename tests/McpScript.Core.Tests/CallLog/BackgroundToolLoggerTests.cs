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
        var logger = new BackgroundToolLogger(inner);
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
        await using var logger = new BackgroundToolLogger(inner);
        logger.Write(Some.ToolCall());
        await logger.FlushAsync().WaitAsync(Patience);
        Assert.Single(inner.Calls);
    }

    [Fact]
    public async Task When_the_queue_is_full_a_caller_waits_and_then_the_entry_is_counted()
    {
        var inner = new RecordingLogger();
        inner.Door.Reset();
        var logger = new BackgroundToolLogger(inner, new() { Capacity = 2, LongestWait = TimeSpan.FromMilliseconds(20) });
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
        await using var logger = new BackgroundToolLogger(inner, new() { Capacity = 1, LongestWait = Patience });
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
        var logger = new BackgroundToolLogger(inner, new() { LongestFlush = TimeSpan.FromMilliseconds(20) });
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
        var logger = new BackgroundToolLogger(new RecordingLogger());
        await logger.DisposeAsync();
        logger.Write(Some.ToolCall());
        await logger.FlushAsync().WaitAsync(Patience);
        Assert.Equal(1, logger.Dropped);
    }

    [Fact]
    public async Task Entries_that_could_not_be_written_are_counted_too()
    {
        var logger = new BackgroundToolLogger(new RecordingLogger { Failure = new IOException("disk full") });
        logger.Write(Some.ToolCall());
        await logger.FlushAsync().WaitAsync(Patience);
        Assert.Equal(1, logger.Dropped);
    }
}
