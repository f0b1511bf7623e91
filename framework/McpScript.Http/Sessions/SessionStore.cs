using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpScript.Http.Streams;
using McpScript.Invocation;
using McpScript.Protocol;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace McpScript.Http.Sessions;

/// <summary>The sessions of one endpoint: opens, finds and ends them, on request, when they have been idle too long, or to make room.</summary>
sealed partial class SessionStore
{
    readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Task, bool> _closing = new();
    readonly Lock _reserving = new();
    readonly SessionLimits _limits;
    readonly IServerFactory _servers;
    readonly EventStreams? _streams;
    readonly ILoggerFactory _loggers;
    readonly ILogger<SessionStore> _log;
    readonly TimeProvider _time;
    readonly ITimer _sweeper;
    bool _closed;
    int _places;
    int _sweeping;

    internal SessionStore(SessionLimits limits, IServerFactory servers, EventStreams? streams, TimeProvider time, ILoggerFactory loggers)
    {
        (_limits, _servers, _streams, _time, _loggers) = (limits, servers, streams, time, loggers);
        _log = loggers.CreateLogger<SessionStore>();
        _sweeper = time.CreateTimer(_ => _ = SweepAsync(), null, limits.SweepInterval, limits.SweepInterval);
    }

    /// <summary>The number of sessions.</summary>
    public int Count => _sessions.Count;

    /// <summary>Returns the session with an id; null if there is none.</summary>
    internal Session? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>Opens a session, already entered; returns null if the limit is reached and no session is idle, or the store is closed.</summary>
    internal Session? Open(CallerIdentity? owner, string version)
    {
        if (!TryReserve())
            return null;
        Session session;
        try
        {
            session = Make(NewId(), owner, version);
        }
        catch
        {
            // The caller reports the exception; here only the reserved place is released.
            Interlocked.Decrement(ref _places);
            throw;
        }
        session.TryEnter();
        _sessions[session.Id] = session;
        Instruments.SessionOpened();
        if (Volatile.Read(ref _closed))
            End(session);
        session.Stopped.ContinueWith(static (_, state) => { var (all, one) = ((SessionStore, Session))state!; all.End(one); },
            (this, session), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        SessionOpened(session.Id[..6]);
        return session;
    }

    /// <summary>Ends a session now, idle or not. It cannot be found any more when this returns; its server is disposed soon after.</summary>
    internal void End(Session session)
    {
        if (session.Retire())
            Close(session);
    }

    /// <summary>Ends idle sessions, cancels abandoned calls, and removes old events.</summary>
    internal async Task SweepAsync()
    {
        // A sweep may take longer than the interval; two must not run at once.
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
            return;
        try
        {
            foreach (var session in _sessions.Values)
            {
                await session.SweepAsync(_limits.ResumeGrace);
                if (_time.GetElapsedTime(session.LastUsed) >= _limits.IdleTimeout && session.TryRetire())
                    Close(session);
            }
            _streams?.Sweep();
        }
        catch (Exception e)
        {
            // Unexpected. The timer must keep running, so that the next sweep can succeed.
            SweepFailed(e);
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    /// <summary>Ends all sessions, opens no more, and waits for their servers until the token fires.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _closed, true);
        await _sweeper.DisposeAsync();
        foreach (var session in _sessions.Values)
            End(session);
        await Task.WhenAll(_closing.Keys).WaitAsync(cancellationToken);
    }

    Session Make(string id, CallerIdentity? owner, string version) => new(owner, version, _servers, new StreamableHttpServerTransport(_loggers)
    {
        SessionId = id,
        FlowExecutionContextFromRequests = true,
        EventStreamStore = _streams,
    }, _streams, _time);

    bool TryReserve()
    {
        lock (_reserving)
        {
            if (Volatile.Read(ref _closed) || (Volatile.Read(ref _places) >= _limits.MaxSessions && !TryEvict()))
                return false;
            Interlocked.Increment(ref _places);
            return true;
        }
    }

    bool TryEvict()
    {
        while (_sessions.Values.Where(one => one.IsIdle).MinBy(one => one.LastUsed) is { } longest)
        {
            if (!longest.TryRetire())
                continue;
            SessionEvicted(longest.Id[..6], _limits.MaxSessions);
            Close(longest);
            return true;
        }
        return false;
    }

    void Close(Session session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            Interlocked.Decrement(ref _places);
            Instruments.SessionClosed();
        }
        var closing = CloseLoggedAsync(session);
        _closing[closing] = true;
        closing.ContinueWith(static (task, state) => ((ConcurrentDictionary<Task, bool>)state!).TryRemove(task, out _),
            _closing, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    async Task CloseLoggedAsync(Session session)
    {
        // Tools that take long to cancel must delay neither the client that ended the session nor the sweep.
        await Task.Yield();
        try
        {
            await session.CloseAsync();
            SessionEnded(session.Id[..6]);
        }
        catch (Exception e)
        {
            // The session is already removed and has no client, so the log is the only place to report the failure.
            SessionFailed(session.Id[..6], e);
        }
    }

    static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    // Only the first characters of an id are logged: the complete id gives access to the session.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Session '{Session}…' opened.")]
    partial void SessionOpened(string session);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Session '{Session}…' ended.")]
    partial void SessionEnded(string session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session '{Session}…' was ended to make room: there are {Max} sessions, and it was idle longest.")]
    partial void SessionEvicted(string session, int max);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session '{Session}…' failed.")]
    partial void SessionFailed(string session, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping the sessions failed.")]
    partial void SweepFailed(Exception error);
}
