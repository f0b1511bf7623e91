namespace McpScript.Framework.Tests.Http;

public class ShutdownTests
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Running_calls_finish_first(bool stateless)
    {
        await using var host = await HttpHost.StartAsync();
        var call = await CallAsync(host, stateless);

        var drained = host.Endpoint.DrainAsync(Long);
        Assert.False(drained.IsCompleted);
        host.Servers.Door.Open();

        Assert.Equal("done", (string?)(await call.MessageAsync())!["result"]!["content"]![0]!["text"]);
        Assert.Null(await call.NextAsync());
        await drained.WaitAsync(Door.Patience);
        Assert.Equal(0, host.Endpoint.Sessions.Count);
        Assert.Equal(0, host.Servers.Running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_that_take_too_long_are_cancelled_and_their_callers_get_an_error(bool stateless)
    {
        var time = new ManualTime();
        await using var host = await HttpHost.StartAsync(options => options with { Time = time });
        var call = await CallAsync(host, stateless);

        var drained = host.Endpoint.DrainAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(11));

        var last = await call.MessageAsync();
        Assert.Equal((2, -32000), ((int)last!["id"]!, (int)last["error"]!["code"]!));
        Assert.Contains("shutting down", (string?)last["error"]!["message"]);
        Assert.Null(await call.NextAsync());
        await host.Servers.Door.CallerCancelled;
        await drained.WaitAsync(Door.Patience);
    }

    [Fact]
    public async Task Listeners_and_subscriptions_end_properly_while_calls_go_on()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync();
        await using var listener = await host.OpenAsync(host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", session)));
        await using var subscription = await host.OpenAsync(
            host.Post($$"""{"jsonrpc":"2.0","id":9,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},{{Raw.Meta}} } }""",
            ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Method", "subscriptions/listen")));
        Assert.Equal("notifications/subscriptions/acknowledged", (string?)(await subscription.MessageAsync())!["method"]);
        await using var call = await CallAsync(host, stateless: false);

        var drained = host.Endpoint.DrainAsync(Long);

        Assert.Null(await listener.NextAsync());
        Assert.Null(await subscription.NextAsync());
        Assert.False(drained.IsCompleted);
        host.Servers.Door.Open();
        Assert.NotNull((await call.MessageAsync())!["result"]);
        await drained.WaitAsync(Door.Patience);
    }

    [Fact]
    public async Task A_stopping_server_opens_no_session()
    {
        await using var host = await HttpHost.StartAsync();
        await host.Endpoint.DrainAsync(TimeSpan.Zero);

        var answer = await host.SendAsync(host.Post(Raw.Initialize("2025-11-25")));

        Assert.Equal(503, answer.Status);
        Assert.Equal(0, host.Servers.Running);
    }

    [Fact]
    public async Task The_application_drains_the_endpoint_when_it_stops()
    {
        await using var host = await HttpHost.StartAsync();
        await using var call = await CallAsync(host, stateless: false);

        var stopped = host.StopAsync();
        host.Servers.Door.Open();

        Assert.NotNull((await call.MessageAsync())!["result"]);
        await stopped.WaitAsync(Door.Patience);
        await Until.TrueAsync(() => host.Servers.Running == 0);
    }

    [Fact]
    public async Task Draining_may_start_twice_and_the_shorter_time_counts()
    {
        await using var host = await HttpHost.StartAsync();
        await using var call = await CallAsync(host, stateless: true);

        var patient = host.Endpoint.DrainAsync(Long);
        await host.Endpoint.DrainAsync(TimeSpan.Zero).WaitAsync(Door.Patience);

        await patient.WaitAsync(Door.Patience);
        await host.Servers.Door.CallerCancelled;
    }

    static async Task<EventReader> CallAsync(HttpHost host, bool stateless)
    {
        var call = await host.OpenAsync(stateless
            ? host.Post(Raw.Call("progress", more: "," + Raw.Meta.Replace("\"_meta\":{", "\"_meta\":{\"progressToken\":\"p\",")),
                ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Method", "tools/call"), ("Mcp-Name", "progress"))
            : host.Post(Raw.Call("progress", more: ""","_meta":{"progressToken":"p"}"""), ("Mcp-Session-Id", await host.InitializeAsync())));
        Assert.Equal("notifications/progress", (string?)(await call.MessageAsync())!["method"]);
        return call;
    }
}
