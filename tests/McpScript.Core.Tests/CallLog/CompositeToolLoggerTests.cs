using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

public class CompositeToolLoggerTests
{
    [Fact]
    public void A_logger_that_fails_does_not_stop_the_others()
    {
        var (a, bad, b) = (new RecordingLogger(), new RecordingLogger { Failure = new InvalidOperationException("no") }, new RecordingLogger());
        using var all = new CompositeToolLogger([a, bad, b]);

        all.Log("echo", "hi");
        all.Log("echo", "hi");

        Assert.Equal((2, 2, 2L), (a.Calls.Count, b.Calls.Count, all.Failed));
    }

    [Fact]
    public void A_logger_that_cannot_write_is_skipped_for_a_second_and_then_tried_again()
    {
        var time = EastClock.At();
        var bad = new RecordingLogger { Failure = new IOException("disk full") };
        using var all = new CompositeToolLogger([bad], time: time);

        for (var i = 0; i < 10; i++)
            all.Write(Some.ToolCall());
        Assert.Equal((1, 10L), (bad.Came.CurrentCount, all.Failed));

        bad.Failure = null;
        time.Advance(TimeSpan.FromSeconds(1));
        all.Write(Some.ToolCall());
        Assert.Single(bad.Calls);
    }

    [Fact]
    public void All_loggers_are_closed()
    {
        var (a, b) = (new RecordingLogger(), new RecordingLogger());
        new CompositeToolLogger([a, b]).Dispose();
        Assert.True(a.IsDisposed && b.IsDisposed);
    }
}
