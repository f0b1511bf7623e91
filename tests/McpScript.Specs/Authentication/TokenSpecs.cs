using System.Text.Json.Nodes;
using McpScript.Http.Authentication;
using McpScript.Testing;
using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Authentication;

/// <summary>How access tokens are checked, and what follows from an authorization server that is down, slow or talks nonsense.</summary>
public class TokenSpecs : IAsyncLifetime
{
    const string Audience = "https://mcp.example/mcp";

    static readonly string s_good = Active();

    TestHost _host = null!;
    Introspector _server = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("say.csx", Say.Script("hello")));
        _server = await Introspector.StartAsync();
        _server.Always(s_good);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_token_one_is_told_where_to_get_one()
    {
        await using var mcp = await StartAsync();
        const string challenge = "Bearer error=\"invalid_token\", error_description=\"Authentication required\", "
            + "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\", scope=\"user\"";
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete })
        {
            var answer = await mcp.AskAsync(null, method);
            Assert.Equal((401, challenge), (answer.Status, answer.Challenge));
            Assert.Equal("""{"error":"invalid_token","error_description":"Authentication required"}""", answer.Text);
        }
        Assert.Empty(_server.Asked);
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task The_metadata_is_there_in_both_forms_for_everybody(string path)
    {
        await using var mcp = await StartAsync(resource => resource with { Name = "Weather" });
        var answer = await mcp.AskAsync(null, HttpMethod.Get, path);
        Assert.Equal((200, "public, max-age=3600"), (answer.Status, answer.Headers.CacheControl?.ToString()));
        Assert.Equal(
            $$"""{"resource":"https://mcp.example/mcp","authorization_servers":["{{_server.Url.OriginalString}}"],"scopes_supported":["user"],"bearer_methods_supported":["header"],"resource_name":"Weather"}""",
            answer.Text);
    }

    [Fact]
    [Trait("Fault", "B-F21")]
    public async Task A_public_URL_without_the_path_stands_for_the_endpoint_below_it()
    {
        var bare = new Uri("https://mcp.example");
        await using var mcp = await StartAsync(resource => resource with { PublicUrl = bare, Audience = bare.OriginalString });
        Assert.Equal("https://mcp.example/mcp", (string?)JsonNode.Parse((await mcp.AskAsync(null, HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp")).Text)!["resource"]);
        Assert.Equal("https://mcp.example", (string?)JsonNode.Parse((await mcp.AskAsync(null, HttpMethod.Get, "/.well-known/oauth-protected-resource")).Text)!["resource"]);

        foreach (var (audience, status) in new[] { ("https://mcp.example", 200), ("https://mcp.example/", 200), ("https://mcp.example/mcp", 200), ("https://mcp.example/other", 401) })
        {
            _server.Always(Active(answer => answer["aud"] = audience));
            Assert.Equal((audience, status), (audience, (await mcp.WithAsync($"for-{audience.Length}-{audience[^1]}".Replace('/', '-'))).Status));
        }
    }

    [Fact]
    [Trait("Fault", "B-F21")]
    public async Task A_public_URL_with_a_slash_is_meant_as_it_stands()
    {
        var root = new Uri("https://mcp.example/");
        await using var mcp = await StartAsync(resource => resource with { PublicUrl = root, Audience = root.OriginalString });
        Assert.Equal("https://mcp.example/", (string?)JsonNode.Parse((await mcp.AskAsync(null, HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp")).Text)!["resource"]);
        _server.Always(Active(answer => answer["aud"] = "https://mcp.example/mcp"));
        Assert.Equal(401, (await mcp.WithAsync("path")).Status);
    }

    [Fact]
    [Trait("Fault", "B-F16")]
    public async Task The_metadata_answers_HEAD()
    {
        await using var mcp = await StartAsync();
        var answer = await mcp.AskAsync(null, HttpMethod.Head, "/.well-known/oauth-protected-resource/mcp");
        Assert.Equal((200, ""), (answer.Status, answer.Text));
    }

    [Fact]
    [Trait("Fault", "B-F22")]
    public async Task A_refused_token_is_asked_about_once_in_ten_seconds_however_often_it_comes()
    {
        var time = new HandClock();
        _server.Always("""{"active":false}""");
        await using var mcp = await TokenMcp.StartAsync(_host, _server.Url, time);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => mcp.WithAsync("bad")));
        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
        Assert.Single(_server.Asked);

        time.Advance(TimeSpan.FromSeconds(9));
        await mcp.WithAsync("bad");
        Assert.Single(_server.Asked);
        time.Advance(TimeSpan.FromSeconds(2));
        await mcp.WithAsync("bad");
        Assert.Equal(2, _server.Asked.Count);
    }

    [Fact]
    [Trait("Fault", "B-F22")]
    public async Task Without_a_cache_a_refused_token_is_asked_about_each_time()
    {
        _server.Always("""{"active":false}""");
        await using var mcp = await StartAsync(resource => resource with { CacheTtl = TimeSpan.Zero });
        await mcp.WithAsync("bad");
        await mcp.WithAsync("bad");
        Assert.Equal(2, _server.Asked.Count);
    }

    [Fact]
    public async Task A_page_that_is_welcome_can_read_the_refusal_and_the_metadata_and_a_foreign_host_learns_nothing()
    {
        await using var mcp = await StartAsync();
        foreach (var (path, method, status) in new[] { ("/mcp", HttpMethod.Post, 401), ("/.well-known/oauth-protected-resource", HttpMethod.Get, 200) })
        {
            var welcome = await mcp.AskAsync(null, method, path, headers => headers.Add("Origin", "http://localhost:6274"));
            Assert.Equal((status, "http://localhost:6274"), (welcome.Status, welcome.Headers.GetValues("Access-Control-Allow-Origin").Single()));
            Assert.Contains("WWW-Authenticate", welcome.Headers.GetValues("Access-Control-Expose-Headers").Single());
            Assert.Equal(403, (await mcp.AskAsync("Bearer good", method, path, headers => headers.Add("Origin", "http://evil.example"))).Status);
            Assert.Equal(403, (await mcp.AskAsync("Bearer good", method, path, headers => headers.Host = "evil.example")).Status);
        }
        var preflight = await mcp.AskAsync(null, HttpMethod.Options, headers: headers =>
        {
            headers.Add("Origin", "http://localhost:6274");
            headers.Add("Access-Control-Request-Method", "POST");
        });
        Assert.Equal(204, preflight.Status);
        Assert.Empty(_server.Asked);
    }

    [Theory]
    [InlineData("Bearer good", 200)]
    [InlineData("bearer good", 200)]
    [InlineData("Basic good", 401)]
    [InlineData("good", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Bearer go od", 401)]
    [InlineData("Bearer good&active=true", 401)]
    [InlineData("Bearer good, Bearer good", 401)]
    public async Task Only_a_bearer_token_is_one(string authorization, int status)
    {
        await using var mcp = await StartAsync();
        Assert.Equal(status, (await mcp.AskAsync(authorization)).Status);
        Assert.Equal(status == 200 ? 1 : 0, _server.Asked.Count);
    }

    [Fact]
    public async Task S10_The_authorization_server_is_told_who_asks()
    {
        await using var mcp = await StartAsync();
        Assert.Equal(200, (await mcp.WithAsync("good")).Status);
        var (path, form, authorization) = Assert.Single(_server.Asked);
        Assert.Equal(("/introspect", "token=good&token_type_hint=access_token"), (path, string.Join('&', form.Select(field => $"{field.Key}={field.Value}"))));
        // RFC 6749, 2.3.1: id and secret are encoded as in a form before they are joined.
        Assert.Equal("Basic " + Convert.ToBase64String("mcp:a+secret%3A+100%25%2B"u8), authorization);
    }

    [Fact]
    public async Task S10_A_token_for_somebody_else_or_nobody_is_refused()
    {
        await using var mcp = await StartAsync();
        foreach (var (audience, status) in new (JsonNode?, int)[]
        {
            ("https://mcp.example/mcp", 200), ("HTTPS://MCP.example:443/mcp/", 200), (new JsonArray("https://a.example", "https://mcp.example/mcp"), 200),
            ("https://mcp.example", 401), ("https://mcp.example/mcp2", 401), ("https://mcp.example.evil.example/mcp", 401), ("https://mcp.example/MCP", 401), ("http://mcp.example/mcp", 401),
            ("https://mcp.example/mcp?a", 401), (new JsonArray("https://a.example"), 401), (new JsonArray(), 401), ("", 401), (null, 401),
        })
        {
            _server.Always(Active(answer => answer["aud"] = audience));
            var answer = await mcp.WithAsync($"for-{Guid.NewGuid():N}");
            Assert.Equal((audience?.ToJsonString(), status), (audience?.ToJsonString(), answer.Status));
            if (status == 401)
                Assert.Contains("error_description=\"The access token is for another audience\"", answer.Challenge);
        }
        await using var any = await StartAsync(resource => resource with { Audience = null });
        _server.Always(Active(answer => answer.Remove("aud")));
        Assert.Equal(200, (await any.WithAsync("good")).Status);
    }

    [Fact]
    public async Task S10_A_token_without_a_required_scope_is_told_which()
    {
        await using var mcp = await StartAsync(resource => resource with { RequiredScopes = ["user", "weather:read"] });
        foreach (var (scope, status) in new[] { ("user", 403), ("", 403), ("username weather:read", 403), ("USER weather:read", 403), ("weather:read x user", 200) })
        {
            _server.Always(Active(answer => answer["scope"] = scope));
            var answer = await mcp.WithAsync($"scope-{Guid.NewGuid():N}");
            Assert.Equal((scope, status), (scope, answer.Status));
            if (status == 403)
            {
                Assert.Equal("Bearer error=\"insufficient_scope\", error_description=\"Required scope: user weather:read\", "
                    + "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\", scope=\"user weather:read\"", answer.Challenge);
                Assert.Equal("""{"error":"insufficient_scope","error_description":"Required scope: user weather:read"}""", answer.Text);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no")]
    [InlineData("[]")]
    [InlineData("[{\"active\":true}]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"active\":\"true\"}")]
    [InlineData("{\"active\":1}")]
    [InlineData("{\"active\":false,\"active\":true}")]
    [InlineData("{\"active\":true")]
    [InlineData("+ \"scope\": [\"user\"]")]
    [InlineData("+ \"scope\": 1")]
    [InlineData("+ \"exp\": \"tomorrow\"")]
    [InlineData("+ \"exp\": 1e300")]
    [InlineData("+ \"exp\": -1")]
    [InlineData("+ \"nbf\": {}")]
    [InlineData("+ \"aud\": {\"https://mcp.example/mcp\": true}")]
    [InlineData("+ \"aud\": [\"https://mcp.example/mcp\", 1]")]
    [InlineData("+ \"sub\": 7")]
    [InlineData("+ \"client_id\": []")]
    [InlineData("+ \"token_type\": \"DPoP\"")]
    [InlineData("+ \"cnf\": {\"jkt\": \"x\"}")]
    public async Task S10_Whatever_is_odd_about_the_answer_the_token_is_refused_and_the_log_says_why(string body)
    {
        await using var mcp = await StartAsync();
        _server.Always(body.StartsWith('+') ? Active(answer =>
        {
            foreach (var (name, value) in JsonNode.Parse($"{{{body[1..]}}}")!.AsObject())
                answer[name] = value?.DeepClone();
        }) : body);
        var answer = await mcp.WithAsync("good");
        Assert.Equal((401, true), (answer.Status, answer.Challenge.Contains("error_description=\"The access token could not be verified. Try again later\"")));
        Assert.Contains($"OAuth: a token was refused because {_server.Url.Authority} could not say whether it is good: its answer is not what RFC 7662 says: ", _host.Log.Text);
        _server.Always(s_good);
        Assert.Equal(200, (await mcp.WithAsync("good")).Status);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(302)]
    [InlineData(500)]
    public async Task Another_status_than_200_is_no_answer_and_a_redirect_is_not_followed(int status)
    {
        await using var mcp = await StartAsync();
        _server.Answer = (_, context) =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return Task.FromResult((status, s_good));
        };
        Assert.Equal(401, (await mcp.WithAsync("good")).Status);
        Assert.Contains($"it answered {status}", _host.Log.Text);
        Assert.All(_server.Asked, asked => Assert.Equal("/introspect", asked.Path));
        // What may be better a moment later is tried again, and nothing else.
        Assert.Equal(status == 500 ? 3 : 1, _server.Asked.Count);
    }

    [Fact]
    public async Task A_server_that_stumbles_once_is_asked_again()
    {
        await using var mcp = await StartAsync();
        _server.Answer = (_, _) => Task.FromResult(_server.Asked.Count == 1 ? (503, "") : (200, s_good));
        Assert.Equal(200, (await mcp.WithAsync("good")).Status);
        Assert.Equal(2, _server.Asked.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_holds_nobody_for_long()
    {
        var never = new TaskCompletionSource();
        await using var mcp = await StartAsync(resource => resource with { AttemptTimeout = TimeSpan.FromMilliseconds(100) });
        _server.Answer = async (_, _) =>
        {
            await never.Task;
            return (200, s_good);
        };
        Assert.Equal(401, (await mcp.WithAsync("good")).Status);
        Assert.Contains("it did not answer within 0.1 s", _host.Log.Text);
        never.SetResult();
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_short()
    {
        await using var mcp = await StartAsync();
        _server.Always(Active(answer => answer["padding"] = new string('x', 100_000)));
        Assert.Equal(401, (await mcp.WithAsync("good")).Status);
    }

    [Fact]
    public async Task When_the_server_is_down_known_tokens_go_on_working_and_new_ones_wait()
    {
        var clock = new ShiftedClock();
        await using var mcp = await StartAsync(time: clock);
        Assert.Equal(200, (await mcp.WithAsync("known")).Status);
        await _server.GoDownAsync();
        Assert.Equal((200, 401), ((await mcp.WithAsync("known")).Status, (await mcp.WithAsync("new")).Status));
        clock.Advance(TimeSpan.FromHours(9));
        Assert.Equal(401, (await mcp.WithAsync("known")).Status);
    }

    [Fact]
    public async Task S10_A_token_is_believed_for_its_time_and_not_a_moment_longer()
    {
        var clock = new ShiftedClock();
        await using var mcp = await StartAsync(resource => resource with { CacheTtl = TimeSpan.FromMinutes(10) }, clock);
        _server.Always(Active(answer => answer["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 900));
        Assert.Equal((200, 200, 1), ((await mcp.WithAsync("t")).Status, (await mcp.WithAsync("t")).Status, _server.Asked.Count));

        // The time of the cache is over: asked again. The token's own is over: refused, whatever the server still says.
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((200, 2), ((await mcp.WithAsync("t")).Status, _server.Asked.Count));
        _server.Always(Active(answer => answer["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 300.7));
        clock.Advance(TimeSpan.FromMinutes(5));
        var late = await mcp.WithAsync("t");
        Assert.Equal((401, true, 3), (late.Status, late.Challenge.Contains("The access token has expired"), _server.Asked.Count));

        _server.Always(Active(answer => answer["nbf"] = clock.GetUtcNow().ToUnixTimeSeconds() + 60));
        var early = await mcp.WithAsync("early");
        Assert.Equal((401, true), (early.Status, early.Challenge.Contains("The access token is not valid yet")));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await mcp.WithAsync("early")).Status);
    }

    [Fact]
    public async Task S10_With_a_cache_of_0_every_request_asks_and_a_refusal_is_never_kept()
    {
        await using var mcp = await StartAsync(resource => resource with { CacheTtl = TimeSpan.Zero });
        Assert.Equal((200, 200, 2), ((await mcp.WithAsync("t")).Status, (await mcp.WithAsync("t")).Status, _server.Asked.Count));
        _server.Always("""{"active":false}""");
        var revoked = await mcp.WithAsync("t");
        Assert.Equal((401, true), (revoked.Status, revoked.Challenge.Contains("The access token is unknown, expired or revoked")));
        _server.Always(s_good);
        Assert.Equal(200, (await mcp.WithAsync("t")).Status);
    }

    [Fact]
    public async Task S10_The_cache_has_an_end_and_the_oldest_leaves_first()
    {
        await using var mcp = await StartAsync(resource => resource with { MaxCachedTokens = 3 });
        foreach (var token in new[] { "a", "b", "c", "d", "b", "c", "d" })
            Assert.Equal(200, (await mcp.WithAsync(token)).Status);
        Assert.Equal("abcd", string.Concat(_server.Asked.Select(asked => asked.Form["token"])));
        Assert.Equal(200, (await mcp.WithAsync("a")).Status);
        Assert.Equal("abcda", string.Concat(_server.Asked.Select(asked => asked.Form["token"])));
    }

    [Fact]
    public async Task However_many_requests_wait_for_a_token_it_is_asked_about_once_and_one_that_goes_spoils_nothing()
    {
        var door = new Turnstile();
        await using var mcp = await StartAsync();
        _server.Answer = async (_, _) =>
        {
            await door.PassAsync();
            return (200, s_good);
        };
        using var impatient = new CancellationTokenSource();
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", "t") } };
        var first = http.GetAsync(mcp.Url, impatient.Token);
        await door.SomeoneWaiting;
        var others = Enumerable.Range(0, 20).Select(_ => mcp.WithAsync("t")).ToList();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        door.Open();
        Assert.All(await Task.WhenAll(others), answer => Assert.Equal(200, answer.Status));
        Assert.Single(_server.Asked);
    }

    [Fact]
    public async Task Two_callers_have_nothing_of_each_other()
    {
        var asking = ("ask.csx", """
            mcp.Tool("ask", "Asks.", async (McpServer server, CancellationToken ct) =>
                (await server.ElicitAsync(new ElicitRequestParams { Message = "Well?", RequestedSchema = new() { Properties = { ["text"] = new ElicitRequestParams.StringSchema() } } }, ct)).Content?["text"].ToString());
            """);
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("who.csx", Who), asking);
        _server.Answer = (token, _) => Task.FromResult((200, Active(answer => answer["sub"] = token)));
        await using var mcp = await TokenMcp.StartAsync(host, _server.Url);

        var ada = await mcp.ConnectAsync("ada", Era.Sessions);
        Assert.Equal("ada", await ada.SayAsync("who"));
        var theirs = await mcp.AskAsync("Bearer bob", HttpMethod.Delete, headers: headers => headers.Add("Mcp-Session-Id", ada.SessionId));
        Assert.Equal((403, true), (theirs.Status, theirs.Text.Contains("the session belongs to another user")));
        Assert.Equal("ada", await ada.SayAsync("who"));

        // A call that waits for its client's answer goes on for that client only.
        var question = await mcp.CallStatelessAsync("ada", """{"name":"ask","arguments":{}}""");
        var state = (string)question["result"]!["requestState"]!;
        var answered = """{"name":"ask","arguments":{},"requestState":"STATE","inputResponses":{"elicitation":{"action":"accept","content":{"text":"mine"}}}}""".Replace("STATE", state);
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

        // A client of its own, named like the user: it is somebody else.
        _server.Always(Active(answer => answer["client_id"] = "u-1"));
        Assert.Equal("client:u-1", await (await mcp.ConnectAsync("machine", era)).SayAsync("who"));

        // Nobody in particular, but not the same one as another nobody.
        _server.Always(s_good);
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
                Transport = Configuration.Transport.Http, DynamicDispatch = true,
                OAuth = new() { ServerUrl = _server.Url, PublicUrl = TokenMcp.PublicUrl, ManagementScope = "mcp:manage" },
            },
        };
        await using var host = await TestHost.StartAsync(setup, ("say.csx", Say.Script("hello")));
        await using var mcp = await TokenMcp.StartAsync(host, _server.Url);
        _server.Answer = (token, _) => Task.FromResult((200, Active(answer => (answer["sub"], answer["scope"]) = (token, token == "operator" ? "user mcp:manage" : "user mcp:manager"))));

        var user = await mcp.ConnectAsync("user");
        foreach (var (tool, arguments) in new (string, (string, object?)[])[]
        {
            ("proxy__load", [("plugin", "say")]), ("proxy__unload", [("plugin", "say")]), ("proxy__reload", [("plugin", "say")]), ("proxy__command", [("name", "x")]),
        })
        {
            var result = await user.CallToolAsync(tool, arguments.ToDictionary(one => one.Item1, one => one.Item2)).AsTask().WaitAsync(TestHost.Patience);
            Assert.True(result.IsError);
            Assert.Equal($"Error: '{tool}' needs the scope 'mcp:manage'; the access token has only: user mcp:manager. Get a token with that scope, or ask an operator to do it.",
                ((ModelContextProtocol.Protocol.TextContentBlock)Assert.Single(result.Content)).Text);
        }
        Assert.Equal(1, host.StatusOf("say").Generation);
        Assert.Equal("hello", await user.SayAsync("say"));
        Assert.Contains("say", await user.SayAsync("proxy__tools"));
        Assert.Contains("proxy__load' not found", await user.SayAsync("proxy__run", ("tool", "proxy__load"), ("arguments", new { plugin = "say" })));

        Assert.Equal("Reloaded 'say': say", await (await mcp.ConnectAsync("operator")).SayAsync("proxy__reload", ("plugin", "say")));
    }

    [Fact]
    public async Task Neither_token_nor_secret_is_ever_written_down()
    {
        await using var mcp = await StartAsync();
        Assert.Equal(200, (await mcp.WithAsync("the-good-one")).Status);
        _server.Always("{");
        Assert.Equal(401, (await mcp.WithAsync("the-odd-one")).Status);
        _server.Always("", 401);
        Assert.Equal(401, (await mcp.WithAsync("the-unknown-one")).Status);
        await _server.GoDownAsync();
        Assert.Equal(401, (await mcp.WithAsync("the-late-one")).Status);
        foreach (var secret in new[] { "the-good-one", "the-odd-one", "the-unknown-one", "the-late-one", "a secret: 100%+", "a+secret", Convert.ToBase64String("mcp:a+secret%3A+100%25%2B"u8) })
            Assert.DoesNotContain(secret, _host.Log.Text);
        Assert.Contains("could not say whether it is good: it answered 401; are 'oauth_client_id' and 'oauth_client_secret' right?", _host.Log.Text);
    }

    const string Who = """
        mcp.Tool("who", "Who calls.", (System.Security.Claims.ClaimsPrincipal? user = null) => user?.Identity?.Name ?? "nobody");
        mcp.Tool("claims", "All that is known.", (RequestContext<CallToolRequestParams> request) => string.Join(' ', request.User!.Claims.Select(claim => $"{claim.Type}={claim.Value}")));
        """;

    static string Active(Action<JsonObject>? change = null)
    {
        var answer = new JsonObject { ["active"] = true, ["scope"] = "user extra", ["aud"] = Audience, ["token_type"] = "Bearer" };
        change?.Invoke(answer);
        return answer.ToJsonString();
    }

    Task<TokenMcp> StartAsync(Func<ResourceServer, ResourceServer>? change = null, TimeProvider? time = null) => TokenMcp.StartAsync(_host, _server.Url, time, change);

    sealed class Taken(List<CallLog.ToolCall> calls) : CallLog.IToolCallLogger
    {
        public void Write(CallLog.ToolCall call) => calls.Add(call);
    }
}
