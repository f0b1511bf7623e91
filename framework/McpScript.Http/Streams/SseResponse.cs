using System.Buffers;
using System.IO.Pipelines;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McpScript.Http.Streams;

/// <summary>
/// Response for an event stream. Writes a comment, which clients ignore, after each silence, so that no proxy closes the connection as idle, and a lost
/// client is noticed. Safe for concurrent use.
/// </summary>
/// <remarks>An event is one write, so a comment between writes never splits one.</remarks>
sealed class SseResponse : WriteOnlyStream, IAsyncDisposable
{
    // The empty line does not end an event here, as none has begun (HTML, 9.2.6).
    static readonly byte[] Comment = ": keep-alive\n\n"u8.ToArray();

    readonly SemaphoreSlim _oneWriter = new(1, 1);
    readonly PipeWriter _response;
    readonly KeepAlive _keepAlive;
    readonly ITimer _timer;
    long _last;
    bool _begun;
    bool _over;

    public SseResponse(PipeWriter response, KeepAlive keepAlive)
    {
        (_response, _keepAlive) = (response, keepAlive);
        _last = keepAlive.Time.GetTimestamp();
        // The timer starts now: a call without messages before its answer has not even sent its headers.
        _timer = keepAlive.Time.CreateTimer(static state => _ = ((SseResponse)state!).CommentAsync(), this, keepAlive.Silence, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the headers of an event stream, and disables buffering here and in proxies.</summary>
    /// <returns>The stream for the events; must be disposed before the request ends.</returns>
    public static SseResponse Begin(HttpContext context, KeepAlive keepAlive)
    {
        var headers = context.Response.Headers;
        headers.ContentType = MediaTypes.EventStream;
        headers.CacheControl = "no-cache,no-store";
        headers.ContentEncoding = "identity";
        headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        return new SseResponse(context.Response.BodyWriter, keepAlive);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WriteAsync(default, buffer, cancellationToken);

    /// <summary>Writes two buffers as one packet.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, CancellationToken cancellationToken)
    {
        await _oneWriter.WaitAsync(cancellationToken);
        try
        {
            if (_over)
                return;
            if (!first.IsEmpty)
                _response.Write(first.Span);
            await _response.WriteAsync(second, cancellationToken);
            Written();
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>Sends the headers, if they are not sent yet; all writes are already flushed.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_begun)
            return;
        await _oneWriter.WaitAsync(cancellationToken);
        try
        {
            if (_over)
                return;
            await _response.FlushAsync(cancellationToken);
            Written();
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>Runs an action while no comment can be written, such as setting the status.</summary>
    public async ValueTask BeforeNextAsync(Action action)
    {
        await _oneWriter.WaitAsync();
        try
        {
            action();
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>Ends the response; later writes are ignored.</summary>
    public override async ValueTask DisposeAsync()
    {
        await BeforeNextAsync(() => _over = true);
        await _timer.DisposeAsync();
        await base.DisposeAsync();
    }

    void Written()
    {
        _last = _keepAlive.Time.GetTimestamp();
        _begun = true;
    }

    async Task CommentAsync()
    {
        // A write is running, perhaps to a slow client: the stream is not silent.
        if (!_oneWriter.Wait(0))
        {
            _timer.Change(_keepAlive.Silence, Timeout.InfiniteTimeSpan);
            return;
        }
        try
        {
            if (_over)
                return;
            var left = _keepAlive.Silence - _keepAlive.Time.GetElapsedTime(_last);
            if (left <= TimeSpan.Zero)
            {
                await _response.WriteAsync(Comment);
                Written();
                left = _keepAlive.Silence;
            }
            _timer.Change(left, Timeout.InfiniteTimeSpan);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has disconnected, and the request is about to notice by itself. No more comments.
        }
        finally
        {
            _oneWriter.Release();
        }
    }
}
