using System.Diagnostics.Metrics;
using McpScript.Logging;
using McpScript.Telemetry;

namespace McpScript.Core.Tests.Logging;

[Trait("Fault", "B-F9")]
public class LineQueueTests
{
    [Fact]
    public void A_blocked_stream_blocks_no_caller_and_the_gap_is_reported_when_it_is_read_again()
    {
        using var output = new Stuck();
        using var queue = new LineQueue(output, dropped => $"{dropped} dropped\n", TimeSpan.FromSeconds(60));
        queue.Add("first\n");
        output.Waiting.Wait();

        for (var line = 0; line < 10_000; line++)
            queue.Add($"line {line}\n");
        output.Flow.Set();
        queue.Dispose();

        var lines = output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("first", lines[0]);
        Assert.Equal("line 0", lines[1]);
        Assert.Equal($"{10_000 - (lines.Length - 2)} dropped", lines[^1]);
        Assert.InRange(lines.Length, 4_000, 4_200);
    }

    [Fact, Trait("Fault", "Operators")]
    public void Dropped_lines_are_a_metric()
    {
        long measured = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, itself) =>
        {
            if (instrument.Meter.Name == Instruments.Name && instrument.Name == "mcpscript.log.dropped") itself.EnableMeasurementEvents(instrument);
        }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref measured, count));
        listener.Start();
        using var output = new Stuck();
        var queue = new LineQueue(output, dropped => $"{dropped} dropped\n", TimeSpan.FromSeconds(60));
        queue.Add("first\n");
        output.Waiting.Wait();

        for (var line = 0; line < 5_000; line++)
            queue.Add("line\n");
        output.Flow.Set();
        queue.Dispose();

        Assert.EndsWith($"{measured} dropped\n", output.Text);
        Assert.NotEqual(0, measured);
    }

    [Fact]
    public void Closing_does_not_wait_for_a_stream_that_is_not_read()
    {
        using var output = new Stuck();
        var queue = new LineQueue(output, dropped => "", TimeSpan.Zero);
        queue.Add("first\n");
        output.Waiting.Wait();

        queue.Dispose();

        Assert.Equal("", output.Text);
        output.Flow.Set();
    }

    [Fact]
    public void A_stream_whose_reader_is_gone_is_not_an_error()
    {
        using var queue = new LineQueue(TextWriter.Synchronized(new Gone()), dropped => "", TimeSpan.FromSeconds(60));

        queue.Add("lost\n");
    }

    sealed class Stuck : StringWriter
    {
        public ManualResetEventSlim Waiting { get; } = new();

        public ManualResetEventSlim Flow { get; } = new();

        public string Text { get { lock (this) return ToString(); } }

        public override void Write(string? value)
        {
            Waiting.Set();
            Flow.Wait();
            lock (this)
                base.Write(value);
        }
    }

    sealed class Gone : StringWriter
    {
        public override void Write(string? value) => throw new IOException("Broken pipe");
    }
}
