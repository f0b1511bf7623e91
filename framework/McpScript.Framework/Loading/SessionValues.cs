using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Loading;

/// <summary>
/// The values of one <c>mcp.PerSession</c>. A value is disposed of when its session has ended or it has been unused for the idle time, and no call uses it.
/// Thread-safe.
/// </summary>
/// <param name="create">Creates a value.</param>
/// <param name="idle">Time after which an unused value is disposed of; null for no limit.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Receives failures to dispose of a value.</param>
sealed partial class SessionValues<T>(Func<T> create, TimeSpan? idle, TimeProvider time, ILogger log) : IPerSession<T>, ISessionValues
{
    readonly Lock _lock = new();
    readonly Dictionary<object, Entry> _entries = [];
    ITimer? _sweep;
    bool _ended;

    /// <inheritdoc/>
    public T Current
    {
        get
        {
            var call = PluginExecutionContext.CurrentRequest;
            if (call?.Generation is null)
                throw Outside();
            var entry = Take(call);
            var value = entry.Value();
            if (entry.HasEnded)
                StartDisposing(entry);
            ObjectDisposedException.ThrowIf(entry.HasEnded, this);
            return value;
        }
    }

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <inheritdoc/>
    public async Task EndAsync()
    {
        Entry[] all;
        lock (_lock)
        {
            _ended = true;
            all = [.. _entries.Values];
            _entries.Clear();
            _sweep?.Dispose();
        }
        foreach (var entry in all)
            await DisposeAsync(entry);
    }

    Entry Take(PluginExecutionContext call)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            var known = _entries.TryGetValue(call.Session, out var entry);
            entry ??= new(create) { IsOver = call.Session is PluginExecutionContext };
            if (entry.Users.Add(call) && !call.TryAtEnd(() => Return(call, entry)))
            {
                entry.Users.Remove(call);
                throw Outside();
            }
            if (!known)
            {
                _entries[call.Session] = entry;
                // In use already, so that a session that ends now only marks the entry.
                if (call.Session is ISessionLifetime session)
                    entry.Ends = session.Ended.UnsafeRegister(_ => SessionEnded(session, entry), null);
                Watch();
            }
            return entry;
        }
    }

    void Return(PluginExecutionContext call, Entry entry)
    {
        lock (_lock)
        {
            entry.Users.Remove(call);
            entry.Unused = time.GetTimestamp();
            if (!entry.IsOver || entry.Users.Count > 0 || !Remove(call.Session, entry))
                return;
        }
        StartDisposing(entry);
    }

    void SessionEnded(ISessionLifetime session, Entry entry)
    {
        lock (_lock)
        {
            entry.IsOver = true;
            if (entry.Users.Count > 0 || !Remove(session, entry))
                return;
        }
        StartDisposing(entry);
    }

    // An unused value may be removed already, and the session may have a new one.
    bool Remove(object session, Entry entry) => _entries.TryGetValue(session, out var current) && current == entry && _entries.Remove(session);

    static InvalidOperationException Outside() =>
        new("mcp.PerSession has a value only while a request is handled: take .Current in the handler, and pass on what it gives.");

    void Watch()
    {
        if (idle is not { } limit || _sweep is not null)
            return;
        var period = TimeSpan.FromSeconds(Math.Clamp(limit.TotalSeconds / 4, 0.05, 60));
        using (ExecutionContext.SuppressFlow())
            _sweep = time.CreateTimer(_ => Sweep(limit), null, period, period);
    }

    void Sweep(TimeSpan limit)
    {
        List<Entry> gone = [];
        lock (_lock)
            foreach (var (session, entry) in _entries.Where(pair => pair.Value.Users.Count == 0 && time.GetElapsedTime(pair.Value.Unused) >= limit).ToList())
            {
                _entries.Remove(session);
                gone.Add(entry);
            }
        foreach (var entry in gone)
            StartDisposing(entry);
    }

    // Plugin code, possibly slow: not in the execution context of the caller.
    void StartDisposing(Entry entry)
    {
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(() => DisposeAsync(entry));
    }

    async Task DisposeAsync(Entry entry)
    {
        entry.Ends.Unregister();
        try
        {
            var made = entry.End();
            if (made is IAsyncDisposable later)
                await later.DisposeAsync();
            else if (made is IDisposable now)
                now.Dispose();
        }
        catch (Exception e)
        {
            // A plugin's clean-up may throw anything; the session has ended in any case.
            NotDisposed(ExceptionText.Of(e));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A value of a session could not be disposed of.")]
    partial void NotDisposed(Exception exception);

    /// <summary>Value of one session.</summary>
    sealed class Entry(Func<T> create)
    {
        readonly Lock _making = new();
        bool _made;
        T? _value;
        object? _owned;
        volatile bool _hasEnded;

        public HashSet<PluginExecutionContext> Users { get; } = [];

        public CancellationTokenRegistration Ends { get; set; }

        public bool IsOver { get; set; }

        public long Unused { get; set; }

        // True if the session, the request or the plugin ended while the value was being created.
        public bool HasEnded => _hasEnded;

        // Creates the value once, also for concurrent callers; after an exception the next caller tries again.
        public T Value()
        {
            lock (_making)
            {
                if (!_made)
                {
                    (_value, _made) = (create(), true);
                    Interlocked.Exchange(ref _owned, _value);
                }
                return _value!;
            }
        }

        // Returns the created value to its disposer, once; null if there is none, or it was returned before.
        public object? End()
        {
            _hasEnded = true;
            return Interlocked.Exchange(ref _owned, null);
        }
    }
}
