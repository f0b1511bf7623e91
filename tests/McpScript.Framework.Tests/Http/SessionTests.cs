using System.Text;
using McpScript.Http.Sessions;

namespace McpScript.Framework.Tests.Http;

public class SessionTests
{
    [Fact]
    public async Task A_session_id_is_long_random_and_visible_ASCII()
    {
        await using var host = await HttpHost.StartAsync();

        var (one, other) = (await host.InitializeAsync(), await host.InitializeAsync());

        Assert.NotEqual(one, other);
        Assert.Equal(22, one.Length);
        Assert.True(Ascii.IsValid(one));
        Assert.Equal(2, host.Endpoint.Sessions.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("text/*, application/*")]
    [Trait("Fault", "B-F20")]
    public async Task A_client_without_an_Accept_header_accepts_all(string accept)
    {
        await using var host = await HttpHost.StartAsync();

        var posted = await host.SendAsync(host.Post(Raw.Initialize("2025-06-18"), ("Accept", accept)));
        await using var listening = await host.OpenAsync(
            host.Request(HttpMethod.Get, null, ("Accept", accept), ("Mcp-Session-Id", posted.Header("Mcp-Session-Id")!)));

        Assert.Equal((200, 200), (posted.Status, listening.Status));
    }

    [Fact]
    public async Task A_deleted_session_ends_and_its_server_is_disposed_of()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync();

        var deleted = await host.SendAsync(host.Request(HttpMethod.Delete, null, ("Mcp-Session-Id", session)));
        var after = await host.SendAsync(host.Post(Raw.Call("echo"), ("Mcp-Session-Id", session)));

        Assert.Equal((200, 404), (deleted.Status, after.Status));
        Assert.Equal(0, host.Endpoint.Sessions.Count);
        await Until.TrueAsync(() => host.Servers.Running == 0);
    }

    [Fact]
    public async Task A_call_in_a_deleted_session_is_cancelled_and_its_caller_gets_an_error()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync();
        await using var call = await host.OpenAsync(host.Post(Raw.Call("progress", more: ""","_meta":{"progressToken":"p"}"""), ("Mcp-Session-Id", session)));
        Assert.Equal("notifications/progress", (string?)(await call.MessageAsync())!["method"]);

        await host.SendAsync(host.Request(HttpMethod.Delete, null, ("Mcp-Session-Id", session)));

        var last = await call.MessageAsync();
        Assert.Equal((2, -32001), ((int)last!["id"]!, (int)last["error"]!["code"]!));
        Assert.Null(await call.NextAsync());
        await host.Servers.Door.CallerCancelled;
    }

    [Fact]
    public async Task A_tool_that_ignores_cancellation_does_not_delay_the_end_of_its_session()
    {
        await using var host = await HttpHost.StartAsync();
        var deaf = new Door();
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(async () =>
        {
            await deaf.PassAsync(default);
            return "";
        }, new() { Name = "deaf" }));
        var session = await host.InitializeAsync();
        var call = host.SendAsync(host.Post(Raw.Call("deaf"), ("Mcp-Session-Id", session)));
        await deaf.CallerWaiting;

        var deleted = await host.SendAsync(host.Request(HttpMethod.Delete, null, ("Mcp-Session-Id", session)));
        await call;

        Assert.Equal(200, deleted.Status);
        deaf.Open();
    }

    [Fact]
    public async Task An_idle_session_ends_after_its_time()
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(options => options with { Time = time });
        var session = await host.InitializeAsync();

        time.Advance(TimeSpan.FromHours(1.9));
        await host.Endpoint.Sessions.SweepAsync();
        var early = await host.SendAsync(host.Post(Raw.Call("echo", 2, """{"text":"x"}"""), ("Mcp-Session-Id", session)));
        time.Advance(TimeSpan.FromHours(1.9));
        await host.Endpoint.Sessions.SweepAsync();
        var used = await host.SendAsync(host.Post(Raw.Call("echo", 3, """{"text":"x"}"""), ("Mcp-Session-Id", session)));
        time.Advance(TimeSpan.FromHours(2.1));
        await Until.TrueAsync(() => host.Endpoint.Sessions.Count == 0);
        var late = await host.SendAsync(host.Post(Raw.Call("echo", 4, """{"text":"x"}"""), ("Mcp-Session-Id", session)));

        Assert.Equal((200, 200, 404), (early.Status, used.Status, late.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_busy_session_never_times_out(bool listening)
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(options => options with { Time = time });
        var session = await host.InitializeAsync();
        await using var busy = await host.OpenAsync(listening
            ? host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session))
            : host.Post(Raw.Call("progress", more: ""","_meta":{"progressToken":"p"}"""), ("Mcp-Session-Id", session)));
        if (!listening)
            await busy.MessageAsync();

        time.Advance(TimeSpan.FromDays(3));
        await host.Endpoint.Sessions.SweepAsync();

        Assert.Equal(1, host.Endpoint.Sessions.Count);
    }

    [Fact]
    public async Task One_session_too_many_ends_the_one_that_was_idle_longest()
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(options => options with { Time = time, Sessions = new SessionLimits { MaxSessions = 2 } });
        var first = await host.InitializeAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        var second = await host.InitializeAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await host.SendAsync(host.Post(Raw.Call("echo"), ("Mcp-Session-Id", first)));
        time.Advance(TimeSpan.FromSeconds(1));

        var third = await host.InitializeAsync();

        Assert.Equal(2, host.Endpoint.Sessions.Count);
        foreach (var (session, status) in new[] { (first, 200), (second, 404), (third, 200) })
            Assert.Equal(status, (await host.SendAsync(host.Post(Raw.Call("echo"), ("Mcp-Session-Id", session)))).Status);
    }

    [Fact]
    public async Task When_all_sessions_are_busy_a_new_one_has_to_wait()
    {
        await using var host = await HttpHost.StartAsync(options => options with { Sessions = new SessionLimits { MaxSessions = 1 } });
        var session = await host.InitializeAsync();
        var call = host.SendAsync(host.Post(Raw.Call("wait"), ("Mcp-Session-Id", session)));
        await host.Servers.Door.CallerWaiting;

        var refused = await host.SendAsync(host.Post(Raw.Initialize("2025-06-18")));
        host.Servers.Door.Open();
        await call;

        Assert.Equal((503, "5", 1), (refused.Status, refused.Header("Retry-After"), (int?)refused.Message?["id"]));
        await host.InitializeAsync();
    }

    [Fact]
    public async Task Many_sessions_at_once_never_exceed_the_limit()
    {
        await using var host = await HttpHost.StartAsync(options => options with { Sessions = new SessionLimits { MaxSessions = 5 } });

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => host.SendAsync(host.Post(Raw.Initialize("2025-06-18")))));

        Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[200, 503]));
        Assert.InRange(host.Endpoint.Sessions.Count, 1, 5);
        await Until.TrueAsync(() => host.Servers.Running == host.Endpoint.Sessions.Count);
    }

    [Fact]
    public async Task A_session_belongs_to_the_user_that_opened_it()
    {
        await using var host = await HttpHost.StartAsync();
        var anns = await host.InitializeAsync(headers: [("X-User", "ann")]);

        foreach (var (user, status) in new[] { ("ann", 200), ("bob", 403), ("", 403) })
        {
            var call = await host.SendAsync(host.Post(Raw.Call("whoami"), ("Mcp-Session-Id", anns), ("X-User", user)));
            Assert.Equal(status, call.Status);
        }
        var deletion = await host.SendAsync(host.Request(HttpMethod.Delete, null, ("Mcp-Session-Id", anns), ("X-User", "bob")));
        Assert.Equal((403, 1), (deletion.Status, host.Endpoint.Sessions.Count));
    }

    [Fact]
    public async Task A_request_id_in_use_is_refused_and_the_first_call_goes_on()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync();
        var first = host.SendAsync(host.Post(Raw.Call("wait", 5), ("Mcp-Session-Id", session)));
        await host.Servers.Door.CallerWaiting;

        var second = await host.SendAsync(host.Post(Raw.Call("echo", 5), ("Mcp-Session-Id", session)));
        host.Servers.Door.Open();

        Assert.Equal((400, -32600), (second.Status, second.ErrorCode));
        Assert.Equal("through", (await first).Text);
        Assert.Equal("through", (await host.SendAsync(host.Post(Raw.Call("wait", 5), ("Mcp-Session-Id", session)))).Text);
    }

    [Fact]
    public async Task A_cancelled_call_ends_its_own_response()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync();
        var call = host.SendAsync(host.Post(Raw.Call("wait", 5), ("Mcp-Session-Id", session)));
        await host.Servers.Door.CallerWaiting;

        var notification = await host.SendAsync(
            host.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}""", ("Mcp-Session-Id", session)));

        Assert.Equal(202, notification.Status);
        await host.Servers.Door.CallerCancelled;
        Assert.Equal((200, null), ((await call).Status, (await call).Message));
    }

    [Fact]
    public async Task A_session_continues_when_another_client_ends_its_own()
    {
        await using var host = await HttpHost.StartAsync();
        await using var stays = await host.ConnectAsync("2025-11-25");
        await using (await host.ConnectAsync("2025-11-25"))
            Assert.Equal(2, host.Endpoint.Sessions.Count);

        Assert.Equal(1, host.Endpoint.Sessions.Count);
        Assert.NotEmpty(await stays.ListToolsAsync());
    }
}
