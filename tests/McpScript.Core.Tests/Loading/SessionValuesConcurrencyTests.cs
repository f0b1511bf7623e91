using System.Collections.Concurrent;
using McpScript.Core.Tests.Unloading;
using McpScript.Invocation;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Core.Tests.Loading;

public sealed class SessionValuesConcurrencyTests
{
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(40);

    readonly WatchedTime _time = new();
    readonly Plugin _plugin = TestPlugin.Create("counter");
    readonly ConcurrentBag<SessionValue> _made = [];
    readonly SessionValues<SessionValue> _values;

    public SessionValuesConcurrencyTests() => _values = new(Make, Idle, _time, NullLogger.Instance);

    [Fact]
    public async Task A_session_that_ends_while_its_unused_value_expires_ends_the_replacement_value()
    {
        for (var round = 0; round < 100; round++)
        {
            var session = new ServedSession(isOnlyClient: false);
            Use(session);
            _time.Advance(Idle);
            Use(session, session.Dispose);
        }
        await AllGoneOnceAsync();
    }

    [Fact]
    public async Task Requests_on_several_threads_and_the_end_of_their_sessions_end_every_value_once()
    {
        var sessions = Enumerable.Range(0, 50).Select(_ => new ServedSession(isOnlyClient: false)).ToList();
        var requests = Enumerable.Range(0, 3).Select(_ => Run(() => sessions.ForEach(Use)));
        var ends = Run(() => sessions.ForEach(session => session.Dispose()));
        await Task.WhenAll([.. requests, ends]).Soon();
        await AllGoneOnceAsync();
    }

    [Fact]
    public async Task Requests_on_several_threads_and_the_end_of_the_plugin_end_every_value_once()
    {
        var session = new ServedSession(isOnlyClient: false);
        var requests = Enumerable.Range(0, 3).Select(_ => Run(() => UseUntilTheEnd(session))).ToList();
        while (_made.IsEmpty)
            await Task.Yield();

        await _values.EndAsync().Soon();

        await Task.WhenAll(requests).Soon();
        await AllGoneOnceAsync();
    }

    // What has gone is disposed of in the background; the values of one flow are ended in order, so the last one's end is waited for.
    async Task AllGoneOnceAsync()
    {
        foreach (var value in _made)
            await value.Disposed.Soon();
        await _values.EndAsync().Soon();
        Assert.Equal(0, _values.Count);
        Assert.All(_made, value => Assert.Equal(1, value.Disposals));
    }

    void UseUntilTheEnd(ServedSession session)
    {
        try
        {
            while (true)
                Use(session);
        }
        catch (ObjectDisposedException)
        {
            // The plugin has ended.
        }
    }

    void Use(ServedSession session) => Use(session, () => { });

    void Use(ServedSession session, Action meanwhile)
    {
        using var call = PluginExecutionContext.ForRequest(_plugin, session);
        using var flow = call.Enter();
        _ = _values.Current;
        meanwhile();
    }

    SessionValue Make()
    {
        var value = new SessionValue();
        _made.Add(value);
        return value;
    }

    static Task Run(Action action) => Task.Factory.StartNew(action, TaskCreationOptions.LongRunning);
}
