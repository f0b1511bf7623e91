namespace McpScript.Framework.Tests.Http;

/// <summary>The listening stream of a session: one at a time, resumable, and its refusals.</summary>
public class SessionListenerTests
{
    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [Trait("Fault", "B-F2")]
    public async Task The_newest_listener_is_served_and_the_older_one_ends(string version)
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync(version);
        await using var first = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));

        await using var second = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));

        Assert.Null(await first.MessageAsync());
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(() => "", new() { Name = "new" }));
        Assert.Equal("notifications/tools/list_changed", (string?)(await second.MessageAsync())!["method"]);
        Assert.Equal((200, 200), (first.Status, second.Status));
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [Trait("Fault", "B-F2")]
    public async Task A_listener_that_reconnects_immediately_is_served_each_time(string version)
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync(version);

        for (var time = 0; time < 100; time++)
        {
            await using var listener = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));
            Assert.Equal(200, listener.Status);
        }

        await using var last = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(() => "", new() { Name = "new" }));
        Assert.Equal("notifications/tools/list_changed", (string?)(await last.MessageAsync())!["method"]);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public async Task A_listener_that_resumes_takes_the_place_of_its_older_connection()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync("2025-11-25");
        await using var first = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));
        Assert.Equal("", await first.NextAsync());

        await using var again = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", first.LastId!)));

        Assert.Null(await first.MessageAsync());
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(() => "", new() { Name = "new" }));
        Assert.Equal("notifications/tools/list_changed", (string?)(await again.MessageAsync())!["method"]);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public async Task Every_listener_first_gets_an_id_from_which_it_can_resume()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync("2025-11-25");
        await (await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)))).DisposeAsync();
        var second = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));

        Assert.Equal("", await second.NextAsync());
        await second.DisposeAsync();
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(() => "", new() { Name = "missed" }));
        await using var third = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", second.LastId!)));

        Assert.Equal("", await third.NextAsync());
        Assert.Equal(second.LastId, third.LastId);
        Assert.Equal("notifications/tools/list_changed", (string?)(await third.MessageAsync())!["method"]);
    }

    [Fact]
    [Trait("Fault", "B-F1")]
    public async Task Resuming_the_stream_of_a_cancelled_call_is_answered_as_an_unknown_stream()
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(options => options with { Time = time });
        var session = await host.InitializeAsync("2025-11-25");
        var opening = host.OpenAsync(host.Post(Raw.Call("wait"), ("Mcp-Session-Id", session)));
        await host.Servers.Door.CallerWaiting;
        time.Advance(TimeSpan.FromSeconds(1));
        await using var call = await opening;
        Assert.Equal("", await call.NextAsync());

        await host.SendAsync(host.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}""", ("Mcp-Session-Id", session)));
        Assert.Null(await call.MessageAsync());
        var resumed = await host.SendAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", call.LastId!)));

        Assert.Equal((405, "POST, DELETE"), (resumed.Status, resumed.Header("Allow")));
    }

    [Fact]
    [Trait("Fault", "B-F1")]
    public async Task Resuming_after_the_answer_of_a_call_is_answered_as_an_unknown_stream()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync("2025-11-25");
        await using var call = await host.OpenAsync(host.Post(Raw.Call("none"), ("Mcp-Session-Id", session)));
        Assert.NotNull((await call.MessageAsync())!["error"]);
        Assert.Null(await call.NextAsync());

        var resumed = await host.SendAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", call.LastId!)));

        Assert.Equal(405, resumed.Status);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task A_listener_whose_connection_broke_may_listen_again(string version)
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync(version);
        await (await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)))).DisposeAsync();

        var again = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));
        host.Servers.Tools.Add(ModelContextProtocol.Server.McpServerTool.Create(() => "", new() { Name = "new" }));

        Assert.Equal("notifications/tools/list_changed", (string?)(await again.MessageAsync())!["method"]);
        await again.DisposeAsync();
    }
}
