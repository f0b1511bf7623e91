using System.Net.ServerSentEvents;
using McpScript.Http.Streams;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http;

public class EventStreamsTests
{
    readonly ManualTime _time = new();

    [Fact]
    public async Task A_reader_gets_all_events_after_its_last_one()
    {
        var streams = new EventStreams(new(), _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "a");
        await WriteAsync(writer, "b");
        await WriteAsync(writer, "c");
        await writer.DisposeAsync();

        Assert.Equal(["b", "c"], await ReadAsync(streams, first));
    }

    [Fact]
    public async Task A_reader_waits_for_further_events_until_the_stream_ends()
    {
        var streams = new EventStreams(new(), _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "a");

        var reading = ReadAsync(streams, first);
        await WriteAsync(writer, "b");
        Assert.False(reading.IsCompleted);
        await writer.DisposeAsync();

        Assert.Equal(["b"], await reading.WaitAsync(Door.Patience));
    }

    [Fact]
    public async Task A_polled_reader_ends_after_the_available_events()
    {
        var streams = new EventStreams(new(), _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "a");
        await WriteAsync(writer, "b");
        await writer.SetModeAsync(SseEventStreamMode.Polling);

        Assert.Equal(["b"], await ReadAsync(streams, first).WaitAsync(Door.Patience));
    }

    [Fact]
    public async Task A_polled_reader_waits_for_a_first_event()
    {
        var streams = new EventStreams(new(), _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "a");
        await writer.SetModeAsync(SseEventStreamMode.Polling);

        var reading = ReadAsync(streams, first);
        Assert.False(reading.IsCompleted);
        await WriteAsync(writer, "b");

        Assert.Equal(["b"], await reading.WaitAsync(Door.Patience));
    }

    [Fact]
    public async Task A_polled_reader_ends_without_an_event_after_the_time_limit()
    {
        var streams = new EventStreams(new() { PollWait = TimeSpan.FromSeconds(20) }, _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "a");
        await writer.SetModeAsync(SseEventStreamMode.Polling);

        var reading = ReadAsync(streams, first);
        _time.Advance(TimeSpan.FromSeconds(21));

        Assert.Empty(await reading.WaitAsync(Door.Patience));
    }

    [Fact]
    public async Task Ids_are_unique_among_streams_even_of_one_name()
    {
        var streams = new EventStreams(new(), _time);

        Assert.NotEqual(await WriteAsync(await CreateAsync(streams), "a"), await WriteAsync(await CreateAsync(streams), "a"));
    }

    [Fact]
    public async Task An_event_that_has_an_id_is_not_stored_again()
    {
        var streams = new EventStreams(new(), _time);
        var writer = await CreateAsync(streams);
        var bytes = streams.Bytes;

        var item = await writer.WriteEventAsync(new SseItem<JsonRpcMessage?>(null, "message") { EventId = "given" });

        Assert.Equal(("given", bytes), (item.EventId, streams.Bytes));
    }

    [Fact]
    public async Task A_priming_event_and_its_retry_time_are_restored()
    {
        var streams = new EventStreams(new(), _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "a");
        await writer.WriteEventAsync(new SseItem<JsonRpcMessage?>(null, "prime") { ReconnectionInterval = TimeSpan.FromSeconds(3) });
        await writer.DisposeAsync();

        var reader = await streams.GetStreamReaderAsync(first);
        var item = await reader!.ReadEventsAsync().SingleAsync();

        Assert.Equal((null, "prime", TimeSpan.FromSeconds(3)), (item.Data, item.EventType, item.ReconnectionInterval));
    }

    [Fact]
    public async Task A_stream_keeps_its_newest_events()
    {
        var streams = new EventStreams(new() { MaxEventsPerStream = 2 }, _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "a");
        foreach (var text in (string[])["b", "c", "d"])
            await WriteAsync(writer, text);
        await writer.DisposeAsync();

        Assert.Equal(["c", "d"], await ReadAsync(streams, first));
    }

    [Fact]
    public async Task Of_too_many_streams_a_finished_one_is_removed_first()
    {
        var streams = new EventStreams(new() { MaxStreams = 2 }, _time);
        var open = await CreateAsync(streams);
        var openId = await WriteAsync(open, "a");
        var finished = await CreateAsync(streams, "2");
        var finishedId = await WriteAsync(finished, "b");
        await finished.DisposeAsync();

        await CreateAsync(streams, "3");

        Assert.Equal(2, streams.Count);
        Assert.NotNull(await streams.GetStreamReaderAsync(openId));
        Assert.Null(await streams.GetStreamReaderAsync(finishedId));
    }

    [Fact]
    public async Task An_open_stream_is_removed_when_there_are_too_many_and_its_writer_does_not_fail()
    {
        var streams = new EventStreams(new() { MaxStreams = 1 }, _time);
        var first = await CreateAsync(streams);
        var id = await WriteAsync(first, "a");
        await CreateAsync(streams, "2");

        await WriteAsync(first, "b");
        await first.DisposeAsync();

        Assert.Null(await streams.GetStreamReaderAsync(id));
        Assert.Equal((1, 0), (streams.Count, streams.Bytes));
    }

    [Fact]
    public async Task Bytes_are_limited_over_all_streams()
    {
        var streams = new EventStreams(new() { MaxBytes = 10_000 }, _time);
        for (var i = 0; i < 100; i++)
        {
            var writer = await CreateAsync(streams, $"{i}");
            await WriteAsync(writer, new string('x', 3000));
            await writer.DisposeAsync();
            Assert.InRange(streams.Bytes, 0, 10_000);
        }

        Assert.InRange(streams.Count, 1, 3);
    }

    [Fact]
    public async Task Events_that_are_too_old_are_removed()
    {
        var streams = new EventStreams(new() { MaxAge = TimeSpan.FromMinutes(5) }, _time);
        var finished = await CreateAsync(streams);
        var finishedId = await WriteAsync(finished, "a");
        await finished.DisposeAsync();
        var open = await CreateAsync(streams, "2");
        var openId = await WriteAsync(open, "old");
        _time.Advance(TimeSpan.FromMinutes(6));
        await WriteAsync(open, "new");
        await open.SetModeAsync(SseEventStreamMode.Polling);

        streams.Sweep();

        Assert.Null(await streams.GetStreamReaderAsync(finishedId));
        Assert.Equal(["new"], await ReadAsync(streams, openId));
        Assert.Equal(1, streams.Count);
    }

    [Fact]
    public async Task Concurrent_writers_and_readers_lose_no_event()
    {
        var streams = new EventStreams(new() { MaxEventsPerStream = 10_000 }, _time);
        var writer = await CreateAsync(streams);
        var first = await WriteAsync(writer, "0");

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadAsync(streams, first))).ToList();
        for (var i = 1; i <= 2000; i++)
            await WriteAsync(writer, $"{i}");
        await writer.DisposeAsync();

        foreach (var read in await Task.WhenAll(readers))
            Assert.Equal(Enumerable.Range(1, 2000).Select(i => $"{i}"), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("-1-1")]
    [InlineData("1-1-1")]
    [InlineData("99999999999999999999-1")]
    [InlineData("١-1")]
    public async Task An_invalid_id_finds_no_stream(string id)
    {
        var streams = new EventStreams(new(), _time);
        await WriteAsync(await CreateAsync(streams), "a");

        Assert.Null(await streams.GetStreamReaderAsync(id));
    }

    static ValueTask<ISseEventStreamWriter> CreateAsync(EventStreams streams, string name = "1") =>
        streams.CreateStreamAsync(new SseEventStreamOptions { SessionId = "session", StreamId = name });

    static async Task<string> WriteAsync(ISseEventStreamWriter writer, string method) =>
        (await writer.WriteEventAsync(new SseItem<JsonRpcMessage?>(new JsonRpcNotification { Method = method }, "message"))).EventId!;

    static async Task<List<string>> ReadAsync(EventStreams streams, string after)
    {
        var reader = await streams.GetStreamReaderAsync(after);
        return await reader!.ReadEventsAsync().Select(item => ((JsonRpcNotification)item.Data!).Method).ToListAsync();
    }
}
