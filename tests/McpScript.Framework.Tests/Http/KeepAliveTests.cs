using System.IO.Pipelines;
using System.Text;
using McpScript.Http.Streams;

namespace McpScript.Framework.Tests.Http;

public class KeepAliveTests
{
    const string Comment = ": keep-alive\n\n";

    static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    readonly ManualTime _time = new();

    [Fact]
    public async Task A_silent_GET_stream_gets_a_comment_every_15_seconds()
    {
        await using var host = await HttpHost.StartAsync(options => options with { Time = _time });
        var session = await host.InitializeAsync();
        await using var stream = await BytesAsync(host, host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));

        _time.Advance(Silence);
        Assert.Equal(Comment, await stream.ReadAsync(Comment.Length));
        _time.Advance(Silence);
        Assert.Equal(Comment, await stream.ReadAsync(Comment.Length));
    }

    [Fact]
    public async Task A_silent_subscription_gets_comments_after_its_acknowledgement()
    {
        await using var host = await HttpHost.StartAsync(options => options with { Time = _time });
        const string listen = """{"jsonrpc":"2.0","id":"s","method":"subscriptions/listen","params":{"notifications":{},""" + Raw.Meta + "}}";
        await using var stream = await BytesAsync(host, host.Post(listen, ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Method", "subscriptions/listen")));
        Assert.Contains("acknowledged", await stream.ReadEventAsync());

        _time.Advance(Silence);
        Assert.Equal(Comment, await stream.ReadAsync(Comment.Length));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_long_call_gets_comments_and_then_its_answer(bool stateless)
    {
        await using var host = await HttpHost.StartAsync(options => options with { Time = _time });
        var request = stateless
            ? host.StatelessCall("progress")
            : host.Post(Raw.Call("progress"), ("Mcp-Session-Id", await host.InitializeAsync()));
        var opening = BytesAsync(host, request);
        await host.Servers.Door.CallerWaiting;
        // Without a progress token nothing has been sent yet, not even the headers: the comment brings them along.
        _time.Advance(Silence);
        await using var stream = await opening;
        Assert.Equal(Comment, await stream.ReadAsync(Comment.Length));
        host.Servers.Door.Open();
        Assert.Contains("done", await stream.ReadEventAsync());
    }

    [Fact]
    public async Task A_comment_comes_after_15_seconds_of_silence_not_between_events_that_come_sooner()
    {
        var pipe = new Pipe();
        await using var response = new SseResponse(pipe.Writer, new(Silence, _time));
        await response.WriteAsync("data: 1\n\n"u8.ToArray());
        _time.Advance(TimeSpan.FromSeconds(10));
        await response.WriteAsync("data: 2\n\n"u8.ToArray());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("data: 1\n\ndata: 2\n\n", Written(pipe));

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Comment, Written(pipe));
    }

    [Fact]
    public async Task A_comment_does_not_split_an_event_that_a_slow_client_has_not_read()
    {
        var pipe = new Pipe(new(pauseWriterThreshold: 10, resumeWriterThreshold: 5));
        await using var response = new SseResponse(pipe.Writer, new(Silence, _time));
        await response.FlushAsync(CancellationToken.None);
        var writing = response.WriteAsync("event: message\ndata: 1\n\n"u8.ToArray()).AsTask();
        Assert.False(writing.IsCompleted);

        _time.Advance(Silence);
        _time.Advance(Silence);
        Assert.Equal("event: message\ndata: 1\n\n", Written(pipe));
        await writing.WaitAsync(Door.Patience);

        _time.Advance(Silence);
        Assert.Equal(Comment, Written(pipe));
    }

    [Fact]
    public async Task Nothing_is_written_after_a_response_is_over()
    {
        var pipe = new Pipe();
        var response = new SseResponse(pipe.Writer, new(Silence, _time));
        await response.DisposeAsync();
        _time.Advance(Silence);
        await response.WriteAsync("data: late\n\n"u8.ToArray());

        await pipe.Writer.CompleteAsync();
        Assert.True(pipe.Reader.TryRead(out var all) && all.IsCompleted && all.Buffer.IsEmpty);
    }

    static string Written(Pipe pipe)
    {
        Assert.True(pipe.Reader.TryRead(out var read));
        var text = Encoding.UTF8.GetString(read.Buffer);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    static async Task<RawStream> BytesAsync(HttpHost host, HttpRequestMessage request)
    {
        var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return new RawStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>An event stream as it is on the wire, comments and all.</summary>
    sealed class RawStream(HttpResponseMessage response, Stream stream) : IAsyncDisposable
    {
        public async Task<string> ReadAsync(int length)
        {
            var bytes = new byte[length];
            await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Door.Patience);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>Up to the next empty line; empty events that tell an id are passed over.</summary>
        public async Task<string> ReadEventAsync()
        {
            var text = "";
            while (!text.EndsWith("\n\n", StringComparison.Ordinal) || !text.Contains('{', StringComparison.Ordinal))
                text += await ReadAsync(1);
            return text;
        }

        public ValueTask DisposeAsync()
        {
            response.Dispose();
            return default;
        }
    }
}
