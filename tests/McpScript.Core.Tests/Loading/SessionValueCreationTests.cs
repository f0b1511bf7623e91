using McpScript.Core.Tests.Unloading;
using McpScript.Loading;

namespace McpScript.Core.Tests.Loading;

/// <summary>The creation of session values: failures, concurrent requests, and values that are ready too late.</summary>
public sealed class SessionValueCreationTests : SessionValuesFixture
{
    [Fact]
    public void A_value_that_cannot_be_created_is_tried_again_by_the_next_request()
    {
        var values = Values(() => _made.Count < 1 ? throw new FormatException($"attempt {Make().Disposals}") : Make(), Idle);
        Assert.Throws<FormatException>(() => In("session", () => values.Current));
        Assert.Same(In("session", () => values.Current), _made[1]);
        Assert.Equal(1, values.Count);
    }

    [Fact]
    public async Task A_value_that_was_never_created_is_not_disposed_of()
    {
        var values = Values<SessionValue>(() => throw new FormatException(), Idle);
        Assert.Throws<FormatException>(() => In("session", () => values.Current));
        await values.EndAsync().Soon();
        Assert.Equal(0, values.Count);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task The_requests_of_a_session_share_a_value_that_is_still_being_created()
    {
        using var go = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var values = Values(() =>
        {
            begun.TrySetResult();
            go.Wait(TimeSpan.FromSeconds(20));
            return Make();
        }, Idle);
        Task<SessionValue> Start() => Task.Factory.StartNew(() => In("session", () => values.Current), TaskCreationOptions.LongRunning);
        Task<SessionValue>[] requests = [Start(), Start(), Start()];

        await begun.Task.Soon();
        go.Set();

        Assert.Single((await Task.WhenAll(requests).Soon()).Distinct());
        Assert.Single(_made);
    }

    [Fact]
    public async Task A_value_that_takes_long_to_create_does_not_block_other_sessions()
    {
        using var go = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var values = Values(() =>
        {
            if (begun.TrySetResult())
                go.Wait(TimeSpan.FromSeconds(20));
            return new SessionValue();
        }, Idle);
        var slow = Task.Factory.StartNew(() => In("slow", () => values.Current), TaskCreationOptions.LongRunning);
        await begun.Task.Soon();

        var quick = await Task.Factory.StartNew(() => In("quick", () => values.Current), TaskCreationOptions.LongRunning).Soon();

        go.Set();
        Assert.NotSame(quick, await slow.Soon());
    }

    [Fact]
    public async Task A_value_that_is_created_after_the_end_of_the_plugin_is_disposed_of_and_not_returned()
    {
        using var go = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var values = Values(() =>
        {
            begun.TrySetResult();
            go.Wait(TimeSpan.FromSeconds(20));
            return Make();
        }, Idle);
        var request = Task.Factory.StartNew(() => In("session", () => values.Current), TaskCreationOptions.LongRunning);
        await begun.Task.Soon();

        await values.EndAsync().Soon();
        go.Set();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => request.Soon());
        await _made.Single().Disposed.Soon();
    }

    [Fact]
    public async Task A_value_that_is_created_after_its_request_is_disposed_of()
    {
        using var go = new ManualResetEventSlim();
        var (begun, call) = (new TaskCompletionSource(), PluginExecutionContext.ForRequest(_plugin, null));
        var values = Values(() =>
        {
            begun.TrySetResult();
            go.Wait(TimeSpan.FromSeconds(20));
            return Make();
        }, Idle);
        var leftBehind = Task.Factory.StartNew(() => In(call, () => values.Current), TaskCreationOptions.LongRunning);
        await begun.Task.Soon();

        call.Dispose();
        go.Set();

        await leftBehind.Soon().ContinueWith(_ => { }, TaskScheduler.Default);
        await _made.Single().Disposed.Soon();
        Assert.Equal(0, values.Count);
    }
}
