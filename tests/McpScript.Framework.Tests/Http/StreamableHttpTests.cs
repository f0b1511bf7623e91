using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http;

public class StreamableHttpTests
{
    public static TheoryData<string> AllRevisions => ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", Raw.Stateless];

    public static TheoryData<string> RevisionsWithSessions => ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    [Theory, MemberData(nameof(AllRevisions))]
    public async Task A_client_of_any_revision_lists_and_calls(string version)
    {
        await using var host = await HttpHost.StartAsync();
        await using var client = await host.ConnectAsync(version);

        Assert.Equal(version, client.NegotiatedProtocolVersion);
        Assert.Contains(await client.ListToolsAsync(), tool => tool.Name == "echo");
        var result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hi" });
        Assert.Equal("echo: hi", Assert.IsType<TextContentBlock>(result.Content[0]).Text);
        Assert.Equal(version == Raw.Stateless ? 0 : 1, host.Endpoint.Sessions.Count);
    }

    [Theory, MemberData(nameof(AllRevisions))]
    public async Task Progress_reaches_the_caller_before_the_answer(string version)
    {
        await using var host = await HttpHost.StartAsync();
        await using var client = await host.ConnectAsync(version);
        var received = new TaskCompletionSource<float>();

        var call = client.CallToolAsync("progress", progress: new ProgressRecorder(received));
        Assert.Equal(1, await received.Task.WaitAsync(Door.Patience));
        Assert.False(call.IsCompleted);
        host.Servers.Door.Open();

        Assert.Equal("done", Assert.IsType<TextContentBlock>((await call).Content[0]).Text);
    }

    [Theory, MemberData(nameof(RevisionsWithSessions))]
    public async Task A_session_is_notified_of_changed_tools(string version)
    {
        await using var host = await HttpHost.StartAsync();
        await using var client = await host.ConnectAsync(version);
        var received = new TaskCompletionSource();
        await using var subscription = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            received.TrySetResult();
            return default;
        });

        // The client opens its GET stream in the background, so the first changes may come before it.
        for (var i = 0; !received.Task.IsCompleted && i < 200; i++)
        {
            host.Servers.Tools.Add(McpServerTool.Create(() => "", new() { Name = $"new{i}" }));
            await received.Task.WaitAsync(TimeSpan.FromMilliseconds(100))
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        Assert.True(received.Task.IsCompleted);
    }

    [Theory, MemberData(nameof(RevisionsWithSessions))]
    public async Task A_tool_may_send_a_request_to_its_client(string version)
    {
        await using var host = await HttpHost.StartAsync();
        await using var client = await host.ConnectAsync(
            version, options => options.Handlers.ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "decline" }));

        var result = await client.CallToolAsync("ask");

        Assert.Equal("decline", Assert.IsType<TextContentBlock>(result.Content[0]).Text);
    }

    [Fact]
    public async Task A_stateless_answer_has_no_session_id()
    {
        await using var host = await HttpHost.StartAsync();

        var answer = await host.SendAsync(host.StatelessCall("echo", """{"text":"hi"}""", ("Mcp-Session-Id", "made-up")));

        Assert.Equal("echo: hi", answer.Text);
        Assert.Null(answer.Header("Mcp-Session-Id"));
    }

    [Fact]
    public async Task A_stateless_server_is_disposed_of_with_its_request()
    {
        await using var host = await HttpHost.StartAsync();

        await host.SendAsync(host.StatelessCall("echo", """{"text":"hi"}"""));

        await Until.TrueAsync(() => host.Servers.Running == 0);
    }

    [Fact]
    public async Task A_stateless_notification_is_accepted()
    {
        await using var host = await HttpHost.StartAsync();

        var answer = await host.SendAsync(host.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""",
            ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Method", "notifications/cancelled")));

        Assert.Equal((202, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task An_event_stream_disables_buffering()
    {
        await using var host = await HttpHost.StartAsync();

        var answer = await host.SendAsync(host.StatelessCall("echo", """{"text":"hi"}"""));

        Assert.Equal("text/event-stream", answer.Header("Content-Type"));
        Assert.Equal("no-store, no-cache", answer.Header("Cache-Control"));
        Assert.Equal("no", answer.Header("X-Accel-Buffering"));
        Assert.Equal("identity", answer.Header("Content-Encoding"));
    }

    [Fact]
    public async Task The_tool_gets_the_identity_of_its_caller()
    {
        await using var host = await HttpHost.StartAsync();
        var session = await host.InitializeAsync(headers: [("X-User", "ann")]);

        var inSession = await host.SendAsync(host.Post(Raw.Call("whoami"), ("Mcp-Session-Id", session), ("X-User", "ann")));
        var stateless = await host.SendAsync(host.StatelessCall("whoami", "{}", ("X-User", "bob")));

        Assert.Equal(("ann", "bob"), (inSession.Text, stateless.Text));
    }

    [Theory]
    [InlineData("Mcp-Param-Region: north", """{"region":"north"}""", 200)]
    [InlineData("Mcp-Param-Region: =?base64?bsO2cmRsaWNo?=", """{"region":"nördlich"}""", 200)]
    [InlineData("mcp-param-region: north", """{"region":"north"}""", 200)]
    [InlineData("Mcp-Param-Count: 42.0", """{"count":42}""", 200)]
    [InlineData("Mcp-Param-Count: 4.2e1", """{"count":42}""", 200)]
    [InlineData("Mcp-Param-Flag: true", """{"deep":{"flag":true}}""", 200)]
    [InlineData("X: y", """{"region":null}""", 200)]
    [InlineData("X: y", "{}", 200)]
    [InlineData("Mcp-Param-Region: south", """{"region":"north"}""", 400)]
    [InlineData("Mcp-Param-Region: North", """{"region":"north"}""", 400)]
    [InlineData("X: y", """{"region":"north"}""", 400)]
    [InlineData("Mcp-Param-Region: north", "{}", 400)]
    [InlineData("Mcp-Param-Region: =?base64?***?=", """{"region":"north"}""", 400)]
    [InlineData("Mcp-Param-Region: =?base64?/w==?=", """{"region":"north"}""", 400)]
    [InlineData("Mcp-Param-Count: 43", """{"count":42}""", 400)]
    [InlineData("Mcp-Param-Count: 42.5", """{"count":42.5}""", 400)]
    [InlineData("Mcp-Param-Count: 9007199254740993", """{"count":9007199254740993}""", 400)]
    [InlineData("Mcp-Param-Count: 1e99999", """{"count":1e99999}""", 400)]
    [InlineData("Mcp-Param-Flag: false", """{"deep":{"flag":true}}""", 400)]
    [InlineData("Mcp-Param-Region: north", """{"region":{"a":1}}""", 400)]
    public async Task A_mirrored_parameter_must_equal_its_header(string header, string arguments, int status)
    {
        await using var host = await HttpHost.StartAsync();
        var split = header.Split(": ");

        var answer = await host.SendAsync(host.StatelessCall("mirrored", arguments, (split[0], split[1])));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? null : -32020, answer.ErrorCode);
        Assert.Equal(2, (int?)answer.Message?["id"]);
    }

    [Fact]
    public async Task An_unknown_method_is_not_found_in_the_stateless_era()
    {
        await using var host = await HttpHost.StartAsync();

        var answer = await host.SendAsync(host.Post($$$"""{"jsonrpc":"2.0","id":"x","method":"no/such","params":{{{{Raw.Meta}}}}}""",
            ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Method", "no/such")));

        Assert.Equal((404, -32601, "x"), (answer.Status, answer.ErrorCode, (string?)answer.Message?["id"]));
    }

    [Theory]
    [InlineData(true, new[] { "2026-07-28" })]
    [InlineData(false, new[] { "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28" })]
    public async Task An_unknown_version_is_answered_with_those_that_the_client_can_use(bool stateless, string[] supported)
    {
        await using var host = await HttpHost.StartAsync();

        var answer = await host.SendAsync(
            host.Post($$"""{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{ {{(stateless ? Raw.Meta.Replace(Raw.Stateless, "v999") : "")}} } }""",
            ("MCP-Protocol-Version", "v999"), ("Mcp-Method", "server/discover")));

        Assert.Equal((400, -32022), (answer.Status, answer.ErrorCode));
        Assert.Equal("v999", (string?)answer.Message!["error"]!["data"]!["requested"]);
        Assert.Equal(supported, answer.Message["error"]!["data"]!["supported"]!.AsArray().Select(one => (string)one!));
    }

    [Fact]
    public async Task A_missing_capability_is_a_bad_request_in_the_stateless_era()
    {
        await using var host = await HttpHost.StartAsync();
        host.Servers.Tools.Add(McpServerTool.Create(
            string () => throw new McpProtocolException("needs roots", McpErrorCode.MissingRequiredClientCapability), new() { Name = "needy" }));

        var answer = await host.SendAsync(host.StatelessCall("needy"));

        Assert.Equal((400, -32021, 2), (answer.Status, answer.ErrorCode, (int?)answer.Message?["id"]));
    }

    [Fact]
    public async Task A_dropped_stateless_request_cancels_its_call()
    {
        await using var host = await HttpHost.StartAsync();
        using var client = new HttpClient();
        using var hangUp = new CancellationTokenSource();

        var call = client.SendAsync(host.StatelessCall("wait"), hangUp.Token);
        await host.Servers.Door.CallerWaiting;
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Servers.Door.CallerCancelled;
        await Until.TrueAsync(() => host.Servers.Running == 0);
    }

    [Fact]
    public async Task Preflights_are_answered_even_where_callers_must_be_authorized()
    {
        await using var host = await HttpHost.StartAsync(before: app => app.Use((HttpContext context, RequestDelegate next) =>
        {
            // What authorization middleware would do: refuse callers without credentials, unless the endpoint allows anonymous ones.
            var anyone = context.GetEndpointMetadataAllowsAnyone();
            context.Response.StatusCode = anyone ? 200 : 401;
            return anyone ? next(context) : Task.CompletedTask;
        }));
        var request = new HttpRequestMessage(HttpMethod.Options, host.Url);
        request.Headers.Add("Origin", "http://localhost:6274");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization, mcp-param-region");

        var answer = await host.SendAsync(request);

        Assert.Equal((int)HttpStatusCode.NoContent, answer.Status);
        Assert.Equal("http://localhost:6274", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("authorization, mcp-param-region", answer.Header("Access-Control-Allow-Headers"));
        Assert.Contains("POST", answer.Header("Access-Control-Allow-Methods"));
    }

    sealed class ProgressRecorder(TaskCompletionSource<float> received) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => received.TrySetResult(value.Progress);
    }
}
