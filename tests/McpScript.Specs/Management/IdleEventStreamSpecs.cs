using McpScript.Http.Hosting;
using McpScript.Http.Management;
using McpScript.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Specs.Management;

public class IdleEventStreamSpecs
{
    [Fact]
    public async Task An_event_stream_without_events_is_kept_alive_by_comments()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("say.csx", Say.Script("hello")));
        await using var listener = await Listener.StartAsync(
            "management", "127.0.0.1", 0, app => app.MapManagement(host.Server.Operations, host.Server.Events, _ => [], null, time: new FastClock()),
            NullLoggerFactory.Instance, TimeSpan.Zero, services => services.AddManagement());
        using var http = new HttpClient();
        using var lines = new StreamReader(await http.GetStreamAsync(new Uri($"http://127.0.0.1:{listener.Port}/proxy/events")));

        Assert.Equal("event: open", await lines.ReadLineAsync().WaitAsync(TestHost.Patience));
        for (var comments = 0; comments < 2;)
            if (await lines.ReadLineAsync().WaitAsync(TestHost.Patience) == ": keep-alive")
                comments++;
    }

    // A quarter of a minute is over in a moment.
    sealed class FastClock : TimeProvider
    {
        const int Times = 500;

        public override long GetTimestamp() => base.GetTimestamp() * Times;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new FastTimer(System.CreateTimer(callback, state, Fast(dueTime), Fast(period)));

        static TimeSpan Fast(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Times;

        sealed class FastTimer(ITimer inner) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Fast(dueTime), Fast(period));

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
