using McpScript.Model;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Model;

public class ShutdownDeadlineTests
{
    readonly FakeTimeProvider _time = new();

    [Fact]
    public void Everything_that_has_to_end_shares_one_deadline()
    {
        var end = new ShutdownDeadline(TimeSpan.FromSeconds(10), _time);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((8.0, 8.7, 9.4, 10.0), Left(end));

        // A second begin, such as that of the transport after the signal, adds no time.
        end.Begin();
        _time.Advance(TimeSpan.FromSeconds(8.5));
        end.Begin();
        Assert.Equal((0, 0.2, 0.9, 1.5), Left(end));

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((0, 0, 0, 0), Left(end));
    }

    static (double, double, double, double) Left(ShutdownDeadline end) =>
        (Seconds(end.ForCalls), Seconds(end.ForCancelled), Seconds(end.ForCleanUp), Seconds(end.Rest));

    static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
