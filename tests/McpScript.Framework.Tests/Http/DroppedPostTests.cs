using McpScript.Http.Sessions;

namespace McpScript.Framework.Tests.Http;

public class DroppedPostTests
{
    [Fact]
    public async Task A_dropped_call_is_cancelled()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync("2025-06-18");

        await DropAsync(host, host.Post(Raw.Call("wait"), ("Mcp-Session-Id", session)));

        await host.Servers.Door.CallerCancelled;
    }

    [Fact]
    public async Task A_dropped_call_is_cancelled_at_once_where_nothing_can_be_resumed()
    {
        await using var host = await HttpHost.StartAsync(options => options with { EventStreams = null });
        var session = await host.InitializeAsync("2025-11-25");

        await DropAsync(host, host.Post(Raw.Call("wait"), ("Mcp-Session-Id", session)));

        await host.Servers.Door.CallerCancelled;
    }

    [Fact]
    public async Task A_call_dropped_before_its_client_had_an_id_is_cancelled_at_once()
    {
        await using var host = await HttpHost.StartAsync(options => options with { Time = new ManualTime() });
        var session = await host.InitializeAsync("2025-11-25");

        await DropAsync(host, host.Post(Raw.Call("wait"), ("Mcp-Session-Id", session)));

        await host.Servers.Door.CallerCancelled;
    }

    [Fact]
    public async Task The_client_of_the_SDK_cancels_a_call_by_abandoning_it()
    {
        await using var host = await HttpHost.StartAsync();
        await using var client = await host.ConnectAsync("2025-06-18");
        using var givenUp = new CancellationTokenSource();

        var call = client.CallToolAsync("wait", cancellationToken: givenUp.Token);
        await host.Servers.Door.CallerWaiting;
        await givenUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
        await host.Servers.Door.CallerCancelled;
    }

    [Fact]
    public async Task A_resumable_call_has_a_grace_period_for_its_client_to_reconnect()
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(
            options => options with { Time = time, Sessions = new SessionLimits { ResumeGrace = TimeSpan.FromSeconds(30) } });
        var session = await host.InitializeAsync("2025-11-25");
        await (await WaitingAsync(host, session, time)).DisposeAsync();
        await host.UnattendedAsync(session);

        time.Advance(TimeSpan.FromSeconds(29));
        await host.Endpoint.Sessions.SweepAsync();
        Assert.False(host.Servers.Door.IsCancelled);
        Assert.False(host.Endpoint.Sessions.Find(session)!.Calls.IsEmpty);
        time.Advance(TimeSpan.FromSeconds(2));
        await host.Endpoint.Sessions.SweepAsync();

        await host.Servers.Door.CallerCancelled;
        Assert.True(host.Endpoint.Sessions.Find(session)!.Calls.IsEmpty);
    }

    [Fact]
    public async Task A_client_that_reconnects_in_time_gets_its_answer()
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(options => options with { Time = time });
        var session = await host.InitializeAsync("2025-11-25");
        var call = await WaitingAsync(host, session, time);
        await call.DisposeAsync();
        await host.UnattendedAsync(session);

        await using var resumed = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", call.LastId!)));
        await Until.TrueAsync(() => host.Endpoint.Sessions.Find(session)!.Calls.AnyRead);
        time.Advance(TimeSpan.FromMinutes(2));
        await host.Endpoint.Sessions.SweepAsync();
        host.Servers.Door.Open();

        var answer = await resumed.MessageAsync();
        Assert.Equal("through", (string?)answer!["result"]!["content"]![0]!["text"]);
        Assert.Null(await resumed.NextAsync());
        await host.Endpoint.Sessions.SweepAsync();
        Assert.True(host.Endpoint.Sessions.Find(session)!.Calls.IsEmpty);
    }

    [Fact]
    public async Task A_tool_may_close_the_stream_of_its_client_and_be_polled_for_the_answer()
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(options => options with { Time = time });
        var session = await host.InitializeAsync("2025-11-25");

        await using var call = await host.OpenAsync(host.Post(Raw.Call("poll"), ("Mcp-Session-Id", session)));
        Assert.Equal("", await call.NextAsync());
        Assert.Equal("", await call.NextAsync());
        Assert.Equal(TimeSpan.FromMilliseconds(50), call.Retry);
        Assert.Null(await call.NextAsync());

        // Nothing yet: a poll ends after a while. And being away is no reason to be cancelled, or for the session to end.
        await using var early = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", call.LastId!)));
        Assert.Equal("", await early.NextAsync());
        var nothing = early.NextAsync();
        await Until.TrueAsync(() => { time.Advance(TimeSpan.FromSeconds(5)); return nothing.IsCompleted; });
        Assert.Null(await nothing);
        time.Advance(TimeSpan.FromHours(3));
        await host.Endpoint.Sessions.SweepAsync();
        Assert.False(host.Servers.Door.IsCancelled);

        host.Servers.Door.Open();
        await Until.TrueAsync(() => host.Endpoint.Sessions.Find(session)!.Calls.AllAnswered);
        await using var late = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", call.LastId!)));
        Assert.Equal("worth the wait", (string?)(await late.MessageAsync())!["result"]!["content"]![0]!["text"]);
    }

    [Fact]
    public async Task The_client_of_the_SDK_reconnects_for_its_answer()
    {
        await using var host = await HttpHost.StartAsync();
        await using var client = await host.ConnectAsync("2025-11-25");

        var call = client.CallToolAsync("poll");
        await host.Servers.Door.CallerWaiting;
        host.Servers.Door.Open();

        var result = await call.AsTask().WaitAsync(Door.Patience);
        Assert.Equal("worth the wait", Assert.IsType<ModelContextProtocol.Protocol.TextContentBlock>(result.Content[0]).Text);
    }

    [Fact]
    public async Task A_stream_of_another_session_cannot_be_resumed()
    {
        await using var host = await HttpHost.StartAsync();
        var (one, other) = (await host.InitializeAsync("2025-11-25"), await host.InitializeAsync("2025-11-25"));
        await using var call = await host.OpenAsync(host.Post(Raw.Call("echo", 2, """{"text":"secret"}"""), ("Mcp-Session-Id", one)));
        await call.NextAsync();

        var stolen = await host.SendAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", other), ("Last-Event-ID", call.LastId!)));

        Assert.Equal(400, stolen.Status);
        Assert.DoesNotContain("secret", stolen.Body);
    }

    [Fact]
    public async Task Messages_that_a_listener_missed_are_sent_when_it_resumes()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync("2025-11-25");
        var first = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));
        Assert.Equal("", await first.NextAsync());
        await first.DisposeAsync();
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(() => "", new() { Name = "missed" }));

        var again = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", first.LastId!)));

        Assert.Equal("notifications/tools/list_changed", (string?)(await again.MessageAsync())!["method"]);
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(() => "", new() { Name = "live" }));
        Assert.Equal("notifications/tools/list_changed", (string?)(await again.MessageAsync())!["method"]);
        await again.DisposeAsync();
    }

    // A call whose client has received an event id to resume from.
    static async Task<EventReader> WaitingAsync(HttpHost host, string session, ManualTime time)
    {
        var opening = host.OpenAsync(host.Post(Raw.Call("wait"), ("Mcp-Session-Id", session)));
        await host.Servers.Door.CallerWaiting;
        time.Advance(TimeSpan.FromSeconds(1));
        var call = await opening;
        Assert.Equal("", await call.NextAsync());
        Assert.NotNull(call.LastId);
        return call;
    }

    static async Task DropAsync(HttpHost host, HttpRequestMessage request)
    {
        using var hangUp = new CancellationTokenSource();
        var call = host.Http.SendAsync(request, HttpCompletionOption.ResponseContentRead, hangUp.Token);
        await host.Servers.Door.CallerWaiting;
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
