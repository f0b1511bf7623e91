using McpScript.Testing;
using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Authentication;

/// <summary>The identity and the scopes of a token in tools, sessions and the call log.</summary>
public class TokenCallerSpecs : IntrospectedSpecs
{
    [Fact]
    public async Task Two_callers_share_no_state()
    {
        var asking = ("ask.csx", """
            mcp.Tool("ask", "Asks.", async (McpServer server, CancellationToken ct) =>
                (await server.ElicitAsync(new ElicitRequestParams { Message = "Well?",
                    RequestedSchema = new() { Properties = { ["text"] = new ElicitRequestParams.StringSchema() } } }, ct)).Content?["text"].ToString());
            """);
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("who.csx", Who), asking);
        _server.Answer = (token, _) => Task.FromResult((200, Active(answer => answer["sub"] = token)));
        await using var mcp = await TokenMcp.StartAsync(host, _server.Url);

        var ada = await mcp.ConnectAsync("ada", Era.Sessions);
        Assert.Equal("ada", await ada.SayAsync("who"));
        var theirs = await mcp.RequestAsync("Bearer bob", HttpMethod.Delete, headers: headers => headers.Add("Mcp-Session-Id", ada.SessionId));
        Assert.Equal((403, true), (theirs.Status, theirs.Text.Contains("the session belongs to another user")));
        Assert.Equal("ada", await ada.SayAsync("who"));

        // A call that waits for its client's answer goes on for that client only.
        var question = await mcp.CallStatelessAsync("ada", """{"name":"ask","arguments":{}}""");
        var state = (string)question["result"]!["requestState"]!;
        var answered =
            """{"name":"ask","arguments":{},"requestState":"STATE","inputResponses":{"elicitation":{"action":"accept","content":{"text":"mine"}}}}"""
            .Replace("STATE", state);
        Assert.Contains("The requestState is not known", (await mcp.CallStatelessAsync("bob", answered))["error"]!["message"]!.ToString());
        Assert.Equal("mine", (await mcp.CallStatelessAsync("ada", answered))["result"]!["content"]![0]!["text"]!.ToString());
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_caller_reaches_the_tool_and_the_call_log(string era)
    {
        var calls = new List<CallLog.ToolCall>();
        var setup = new TestSetup { Watch = false, Options = new() { ToolLoggers = [new Taken(calls)] } };
        await using var host = await TestHost.StartAsync(setup, ("who.csx", Who));
        await using var mcp = await TokenMcp.StartAsync(host, _server.Url);

        _server.Always(Active(answer => (answer["sub"], answer["client_id"], answer["username"]) = ("u-1", "app", "Ada")));
        var user = await mcp.ConnectAsync("user", era);
        Assert.Equal("u-1", await user.SayAsync("who"));
        Assert.Equal("sub=u-1 client_id=app username=Ada scope=user scope=extra aud=https://mcp.example/mcp", await user.SayAsync("claims"));

        // A client of its own, named like the user: another principal.
        _server.Always(Active(answer => answer["client_id"] = "u-1"));
        Assert.Equal("client:u-1", await (await mcp.ConnectAsync("machine", era)).SayAsync("who"));

        // Without a name, the token identifies the caller: two tokens are two callers.
        _server.Always(Good);
        var (one, other) = (await (await mcp.ConnectAsync("some", era)).SayAsync("who"), await (await mcp.ConnectAsync("other", era)).SayAsync("who"));
        Assert.StartsWith("token:", one);
        Assert.NotEqual(one, other);

        await host.Server.CallLog!.FlushAsync();
        Assert.Equal(["u-1", "u-1", "client:u-1", one, other], calls.Select(call => call.Principal));
    }

    [Fact]
    public async Task S10_A_scope_of_its_own_guards_the_tools_that_change_the_proxy()
    {
        var setup = new TestSetup
        {
            Watch = false,
            Configure = config => config with
            {
                Transport = Configuration.Transport.Http,
                DynamicDispatch = true,
                OAuth = new() { ServerUrl = _server.Url, PublicUrl = TokenMcp.PublicUrl, ManagementScope = "mcp:manage" },
            },
        };
        await using var host = await TestHost.StartAsync(setup, ("say.csx", Say.Script("hello")));
        await using var mcp = await TokenMcp.StartAsync(host, _server.Url);
        _server.Answer = (token, _) =>
            Task.FromResult((200, Active(answer => (answer["sub"], answer["scope"]) = (token, token == "operator" ? "user mcp:manage" : "user mcp:manager"))));

        var user = await mcp.ConnectAsync("user");
        foreach (var (tool, arguments) in new (string, (string, object?)[])[]
        {
            ("proxy__load", [("plugin", "say")]), ("proxy__unload", [("plugin", "say")]), ("proxy__reload", [("plugin", "say")]),
            ("proxy__command", [("name", "x")]),
        })
        {
            var result = await user.CallToolAsync(tool, arguments.ToDictionary(one => one.Item1, one => one.Item2)).AsTask().WaitAsync(TestHost.Patience);
            Assert.True(result.IsError);
            Assert.Equal($"Error: '{tool}' needs the scope 'mcp:manage'; the access token has only: user mcp:manager. Get a token with that scope, "
                + "or ask an operator to do it.",
                ((ModelContextProtocol.Protocol.TextContentBlock)Assert.Single(result.Content)).Text);
        }
        Assert.Equal(1, host.StatusOf("say").Generation);
        Assert.Equal("hello", await user.SayAsync("say"));
        Assert.Contains("say", await user.SayAsync("proxy__tools"));
        Assert.Contains("proxy__load' not found", await user.SayAsync("proxy__run", ("tool", "proxy__load"), ("arguments", new { plugin = "say" })));

        Assert.Equal("Reloaded 'say': say", await (await mcp.ConnectAsync("operator")).SayAsync("proxy__reload", ("plugin", "say")));
    }

    const string Who = """
        mcp.Tool("who", "Who calls.", (System.Security.Claims.ClaimsPrincipal? user = null) => user?.Identity?.Name ?? "anonymous");
        mcp.Tool("claims", "All that is known.",
            (RequestContext<CallToolRequestParams> request) => string.Join(' ', request.User!.Claims.Select(claim => $"{claim.Type}={claim.Value}")));
        """;

    sealed class Taken(List<CallLog.ToolCall> calls) : CallLog.IToolCallLogger
    {
        public void Write(CallLog.ToolCall call) => calls.Add(call);
    }
}
