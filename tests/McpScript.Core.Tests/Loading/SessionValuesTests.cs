using McpScript.Core.Tests.Unloading;
using McpScript.Invocation;
using McpScript.Loading;
using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Loading;

/// <summary>The lifetime of session values: request, session, idle time and end of the plugin.</summary>
public sealed class SessionValuesTests : SessionValuesFixture
{
    static readonly AsyncLocal<string?> Caller = new();

    [Fact]
    public void Outside_of_a_request_there_is_no_value()
    {
        Assert.Contains("only while a request is handled", Assert.Throws<InvalidOperationException>(() => _values.Current).Message);
        using (PluginExecutionContext.Enter(_plugin))
            Assert.Throws<InvalidOperationException>(() => _values.Current);
        Assert.Equal(0, _values.Count);
    }

    [Fact]
    public void After_the_request_its_execution_context_has_no_value()
    {
        using var call = PluginExecutionContext.ForRequest(_plugin, "session");
        using var flow = call.Enter();
        call.Dispose();

        Assert.Throws<InvalidOperationException>(() => _values.Current);
        Assert.Equal(0, _values.Count);
    }

    [Fact]
    public void A_session_keeps_its_value_from_request_to_request()
    {
        var first = In("session", () => _values.Current);
        Assert.Same(first, In("session", () => _values.Current));
        Assert.Equal(1, _values.Count);
    }

    [Fact]
    public void Equal_sessions_share_a_value_and_others_have_their_own()
    {
        var value = In("alice", () => _values.Current);
        Assert.Same(value, In(new string("alice"), () => _values.Current));
        Assert.NotSame(value, In("bob", () => _values.Current));
        Assert.Equal(2, _values.Count);
    }

    [Fact]
    public async Task A_request_without_a_session_has_its_own_value_until_its_end()
    {
        var value = Alone(() =>
        {
            Assert.Same(_values.Current, _values.Current);
            Assert.Equal(0, _values.Current.Disposals);
            return _values.Current;
        });

        await value.Disposed.Soon();
        Assert.Equal(0, _values.Count);
        Assert.NotSame(value, Alone(() => _values.Current));
    }

    [Fact]
    public async Task At_the_end_of_an_idle_session_its_value_is_disposed_of()
    {
        var session = new ServedSession(isOnlyClient: false);
        var (value, other) = (In(session, () => _values.Current), In(new ServedSession(isOnlyClient: false), () => _values.Current));

        session.Dispose();

        Assert.Equal(1, _values.Count);
        await value.Disposed.Soon();
        Assert.Equal(0, other.Disposals);
    }

    [Fact]
    public async Task At_the_end_of_a_busy_session_its_value_is_disposed_of_after_the_last_request()
    {
        var session = new ServedSession(isOnlyClient: false);
        var (first, second) = (PluginExecutionContext.ForRequest(_plugin, session), PluginExecutionContext.ForRequest(_plugin, session));
        var value = In(first, () => _values.Current);
        In(second, () => _values.Current);
        In(second, () => _values.Current);

        session.Dispose();
        second.Dispose();
        Assert.Equal((1, 0), (_values.Count, value.Disposals));

        first.Dispose();
        Assert.Equal(0, _values.Count);
        await value.Disposed.Soon();
        await _values.EndAsync().Soon();
        Assert.Equal(1, value.Disposals);
    }

    [Fact]
    public async Task A_session_that_has_ended_before_its_first_value_still_ends_it()
    {
        var session = new ServedSession(isOnlyClient: false);
        session.Dispose();
        var value = In(session, () => _values.Current);
        await value.Disposed.Soon();
        Assert.Equal(0, _values.Count);
    }

    [Fact]
    public void An_unused_value_is_disposed_of_after_the_time_limit_and_not_before()
    {
        _time.Advance(TimeSpan.FromMinutes(5));
        var call = PluginExecutionContext.ForRequest(_plugin, "session");
        var value = In(call, () => _values.Current);
        _time.Advance(Idle * 3);
        call.Dispose();

        _time.Advance(Idle - Sweep);
        Assert.Same(value, In("session", () => _values.Current));
        _time.Advance(Idle - Sweep);
        Assert.Equal((1, 0), (_values.Count, value.Disposals));

        _time.Advance(Sweep);
        Assert.Equal(0, _values.Count);
        Assert.NotSame(value, In("session", () => _values.Current));
    }

    [Fact]
    public async Task Only_unused_values_are_disposed_of()
    {
        var idle = In("idle", () => _values.Current);
        var busy = PluginExecutionContext.ForRequest(_plugin, "busy");
        var used = In(busy, () => _values.Current);

        _time.Advance(Idle);

        await idle.Disposed.Soon();
        Assert.Equal((1, 0), (_values.Count, used.Disposals));
        busy.Dispose();
    }

    [Fact]
    public void Without_a_limit_unused_values_are_kept()
    {
        var values = Values(Make, idle: null);
        In("session", () => values.Current);
        Assert.Empty(_time.Timers);
    }

    [Theory]
    [InlineData(7200, 60)]
    [InlineData(200, 50)]
    [InlineData(0.1, 0.05)]
    public void Unused_values_are_searched_four_times_per_limit_within_bounds(double limit, double period)
    {
        var values = Values(Make, TimeSpan.FromSeconds(limit));
        In("one", () => values.Current);
        In("other", () => values.Current);
        Assert.Equal([TimeSpan.FromSeconds(period)], _time.Timers);
    }

    [Fact]
    public async Task At_the_end_of_the_plugin_all_values_are_disposed_of_and_none_is_created()
    {
        var (one, other) = (In("one", () => _values.Current), In("other", () => _values.Current));

        await _values.EndAsync().Soon();

        Assert.Equal((1, 1, 0), (one.Disposals, other.Disposals, _values.Count));
        Assert.Equal(0, _time.OpenTimers);
        Assert.Throws<ObjectDisposedException>(() => In("one", () => _values.Current));
        Assert.Equal(2, _made.Count);
    }

    [Fact]
    public async Task Events_after_the_end_of_the_plugin_dispose_of_no_value_twice()
    {
        var session = new ServedSession(isOnlyClient: false);
        var call = PluginExecutionContext.ForRequest(_plugin, session);
        var value = In(call, () => _values.Current);
        value.AtEnd = () => Assert.Equal(0, value.Disposals);
        await _values.EndAsync().Soon();

        call.Dispose();
        session.Dispose();
        _time.Advance(Idle * 2);
        await _values.EndAsync().Soon();

        Assert.Equal(1, value.Disposals);
    }

    [Fact]
    public async Task A_value_is_disposed_of_asynchronously_if_it_can_be()
    {
        var values = Values(() => new AsyncSessionValue(), Idle);
        var value = In("session", () => values.Current);
        await values.EndAsync().Soon();
        Assert.Equal(["async"], value.Ends);
    }

    [Fact]
    public async Task A_value_that_cannot_be_disposed_of_is_reported_and_the_others_are_disposed_of()
    {
        var (broken, sound) = (In("broken", () => _values.Current), In("sound", () => _values.Current));
        broken.AtEnd = () => throw new FormatException("it is stuck");

        await _values.EndAsync().Soon();

        Assert.Equal(1, sound.Disposals);
        Assert.Equal([LogLevel.Warning], _log.Levels);
        Assert.Contains("it is stuck", Assert.Single(_log.Causes));
    }

    [Fact]
    public async Task The_end_of_a_session_does_not_wait_for_disposal_or_pass_its_execution_context_to_it()
    {
        using var go = new ManualResetEventSlim();
        var session = new ServedSession(isOnlyClient: false);
        var value = In(session, () => _values.Current);
        var seen = "nothing";
        value.AtEnd = () =>
        {
            go.Wait(TimeSpan.FromSeconds(20));
            seen = Caller.Value;
        };

        Caller.Value = "host";
        session.Dispose();
        Assert.Equal(0, value.Disposals);

        go.Set();
        await value.Disposed.Soon();
        Assert.Null(seen);
    }
}
