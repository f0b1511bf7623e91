using System.Buffers;
using System.IO.Pipelines;

namespace McpScript.Http.Streams;

/// <summary>
/// A response that events are written to. When nothing has been written for a while it writes a comment, which clients skip: so that no proxy on
/// the way takes the connection for a dead one, and a client that has gone without a word is noticed.
/// </summary>
/// <remarks>An event is one write, so a comment between writes tears none.</remarks>
sealed class SseResponse : WriteOnlyStream, IAsyncDisposable
{
    // An empty line after it ends no event, as there is none (HTML, 9.2.6).
    static readonly byte[] s_comment = ": keep-alive\n\n"u8.ToArray();

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
        // From the start: a call that says nothing before its answer has not even sent its headers.
        _timer = keepAlive.Time.CreateTimer(static state => _ = ((SseResponse)state!).CommentAsync(), this, keepAlive.Silence, Timeout.InfiniteTimeSpan);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => WriteAsync(default, buffer, cancellationToken);

    /// <summary>Writes two pieces as one packet.</summary>
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

    /// <summary>Sends the headers, if they are not sent yet; what is written has been flushed already.</summary>
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

    /// <summary>Does something while no comment can come in between, such as setting the status.</summary>
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

    /// <summary>When this returns, the response is not touched again, whoever still writes.</summary>
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
        // Somebody is writing, perhaps to a client that reads slowly: then there is no silence to break.
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
                await _response.WriteAsync(s_comment);
                Written();
                left = _keepAlive.Silence;
            }
            _timer.Change(left, Timeout.InfiniteTimeSpan);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, and the request is about to notice by itself. No more comments.
        }
        finally
        {
            _oneWriter.Release();
        }
    }
}
