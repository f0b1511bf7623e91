using System.Text.Json.Nodes;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>The management API of a real program: the original's bodies, and ours on top.</summary>
[Collection(nameof(ManagedProxy))]
public class RestSpecs(ManagedProxy managed) : IAsyncDisposable
{
    readonly ProxyProcess _proxy = managed.Process;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(managed.RestoreAsync());

    [Fact]
    public async Task Status_has_the_originals_fields_and_says_what_failed()
    {
        var status = (await _proxy.GetAsync("/proxy/status")).Json;
        Assert.Equal("total_tools total_resources total_prompts total_plugins plugins live_generations retired log_dropped", Keys(status));
        Assert.Equal("0", status["log_dropped"]!.ToJsonString());
        Assert.Equal("3 2 1 3", string.Join(' ', status.Take(4).Select(total => total.Value!.ToJsonString())));

        var full = status["plugins"]!["full"]!.AsObject();
        Assert.True(full["loaded_at"]!.GetValue<DateTimeOffset>() <= DateTimeOffset.Now);
        Assert.Equal(managed.Site["plugins/full.csx"], full["path"]!.GetValue<string>());
        Assert.True(full["generation"]!.GetValue<int>() >= 1);
        Assert.True(full.Remove("loaded_at") && full.Remove("path") && full.Remove("generation"));
        Assert.Equal(
            """{"state":"live","tools":["full"],"tool_count":1,"resources":["full://a","full://{id}"],"resource_count":2,"prompts":"""
                + """["full_ask"],"prompt_count":1,"internal":false,"source":"script","problems":[]}""",
            full.ToJsonString());

        await _proxy.ChangeAsync("load", "broken");
        status = (await _proxy.GetAsync("/proxy/status")).Json;
        Assert.Equal("3", status["total_plugins"]!.ToJsonString());
        var broken = status["plugins"]!["broken"]!;
        Assert.Equal(
            ("failed", "compile", 0), (broken["state"]!.GetValue<string>(), broken["stage"]!.GetValue<string>(), broken["generation"]!.GetValue<int>()));
        Assert.Equal("CS0103", Assert.Single(broken["problems"]!.AsArray())!["code"]!.GetValue<string>());
        await _proxy.ChangeAsync("unload", "broken");
        Assert.Null((await _proxy.GetAsync("/proxy/status")).Json["plugins"]!["broken"]);
    }

    [Fact]
    public async Task The_lists_contain_plugins_tools_and_loadable_plugins()
    {
        Assert.Equal("""{"plugins":["echo","full","ops"]}""", (await _proxy.GetAsync("/proxy/plugins")).Text);
        Assert.Equal("""{"tools":["echo","echo_upper","full"]}""", (await _proxy.GetAsync("/proxy/tools")).Text);
        Assert.Equal("""{"tools":[]}""", (await _proxy.GetAsync("/proxy/tools?dynamic_only=true")).Text);
        await _proxy.ChangeAsync("load", "greet");
        Assert.Equal("""{"tools":["greet"]}""", (await _proxy.GetAsync("/proxy/tools?dynamic_only=true")).Text);
        Assert.Equal("""{"tools":["echo","echo_upper","full","greet"]}""", (await _proxy.GetAsync("/proxy/tools?dynamic_only=false")).Text);
        await _proxy.ChangeAsync("unload", "greet");

        var available = (await _proxy.GetAsync("/proxy/available")).Json["available"]!.AsArray();
        Assert.Equal("broken clash echo full greet many ops thrower", string.Join(' ', available.Select(entry => entry!["name"])));
        Assert.Equal(
            $$"""{"name":"echo","source":"script","path":"{{managed.Site["plugins/echo.csx"]}}","loaded":true,"failed":false}""", available[2]!.ToJsonString());
    }

    [Fact]
    public async Task The_log_returns_as_many_lines_as_requested()
    {
        await _proxy.ChangeAsync("load", "many");
        await _proxy.ChangeAsync("unload", "many");
        Assert.Equal(2, (await LinesAsync("?tail=2")).Length);
        // Of this plugin: a generation that is slow to go may say something at any time.
        var lines = (await LinesAsync("?tail=20")).Where(line => line.Contains("'many'")).ToArray();
        Assert.Contains("INFO: Plugin 'many' loaded: 7 tools in ", lines[^2]);
        Assert.Contains("INFO: Plugin 'many' unloaded: removed many_1", lines[^1]);
        Assert.Equal("""{"lines":[]}""", (await _proxy.GetAsync("/proxy/logs?tail=-5")).Text);
        Assert.Contains(lines[^1], await LinesAsync(""));

        async Task<string[]> LinesAsync(string query) =>
            [.. (await _proxy.GetAsync($"/proxy/logs{query}")).Json["lines"]!.AsArray().Select(line => line!.GetValue<string>())];
    }

    [Fact]
    public async Task Load_reload_and_unload_answer_as_the_original_does()
    {
        Assert.Equal(new(200, """{"ok":true,"plugin":"greet","tools":["greet"],"generation":1}"""), Generation1(await _proxy.ChangeAsync("load", "greet")));
        Assert.Equal(new(200, """{"ok":true,"plugin":"greet","tools":["greet"],"generation":1}"""), Generation1(await _proxy.ChangeAsync("reload", "greet")));
        Assert.Equal(new(200, """{"ok":true,"plugin":"greet","removed":["greet"]}"""), await _proxy.ChangeAsync("unload", "greet"));

        managed.Site.Save("rich.csx", """
            mcp.Tool("rich", "", () => 1);
            mcp.Resource("rich://a", () => "a");
            mcp.ResourceTemplate("rich://{id}", (string id) => id);
            mcp.Prompt("rich_ask", "", () => "");
            mcp.Command("rich_stats", "", p => 1);
            """);
        // Names are compared ignoring case, other members of the body ignored.
        Assert.Equal(200, (await _proxy.PostAsync("/proxy/load", """{"plugin":"RICH","force":true}""")).Status);
        Assert.Equal("""{"plugins":["echo","full","ops","rich"]}""", (await _proxy.GetAsync("/proxy/plugins")).Text);
        Assert.Equal(409, (await _proxy.ChangeAsync("load", "rich")).Status);
        Assert.Equal(new(200, """{"ok":true,"plugin":"rich","removed":["rich","rich://a","rich://{id}","rich_ask","rich_stats"]}"""),
            await _proxy.ChangeAsync("unload", "rich"));
    }

    [Fact]
    public async Task A_plugin_that_does_not_compile_is_422_with_the_location_of_each_problem()
    {
        var answer = await _proxy.ChangeAsync("load", "broken");
        Assert.Equal((422, "compile"), (answer.Status, answer.Json["stage"]!.GetValue<string>()));
        var file = managed.Site["plugins/broken.csx"];
        Assert.Equal($"Plugin 'broken' failed to compile: {file}(2,40): error CS0103: The name 'missing' does not exist in the current context", answer.Error);
        var problem = Assert.Single(answer.Json["problems"]!.AsArray())!.AsObject();
        Assert.Equal("message code file line column source_line", Keys(problem));
        Assert.Equal(("CS0103", file, 2, 40), ((string?)problem["code"], (string?)problem["file"], (int?)problem["line"], (int?)problem["column"]));
        Assert.Equal("""mcp.Tool("broken", "Is broken.", () => missing + 1);""", (string?)problem["source_line"]);
    }

    [Fact]
    public async Task Commands_are_listed_and_run_with_the_arguments_in_the_body()
    {
        Assert.Equal(
            """{"commands":["add","ends","fails","stats"],"details":[{"name":"add","description":"Adds.","plugin":"ops"},"""
                + """{"name":"ends","description":"Ends by itself.","plugin":"ops"},"""
            + """{"name":"fails","description":"Fails.","plugin":"ops"},{"name":"stats","description":"Count the plugins.","plugin":"ops"}]}""",
            (await _proxy.GetAsync("/proxy/commands")).Text);
        Assert.Equal(new(200, """{"command":"stats","result":"3 plugins"}"""), await _proxy.PostAsync("/proxy/command/stats"));
        Assert.Equal(new(200, """{"command":"stats","result":"3 plugins"}"""), await _proxy.PostAsync("/proxy/command/stats", "null"));
        Assert.Equal(new(200, """{"command":"add","result":"3"}"""), await _proxy.PostAsync("/proxy/command/add", """{"a":1,"b":2}"""));
    }

    [Fact]
    public async Task The_OpenAPI_document_lists_every_route()
    {
        var paths = (await _proxy.GetAsync("/openapi/v1.json")).Json["paths"]!.AsObject();
        Assert.Equal(
            [
                "delete /proxy/packages", "delete /proxy/packages/{id}", "get /proxy/available", "get /proxy/commands", "get /proxy/events", "get /proxy/gate",
                "get /proxy/logs", "get /proxy/packages", "get /proxy/plugins", "get /proxy/status", "get /proxy/tools", "post /proxy/command/{name}",
                "post /proxy/gate/lock", "post /proxy/gate/unlock", "post /proxy/load", "post /proxy/packages", "post /proxy/packages/update",
                "post /proxy/reload", "post /proxy/unload",
            ],
            paths.SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key} {path.Key}")).Order(StringComparer.Ordinal));
        Assert.All(paths.SelectMany(path => path.Value!.AsObject()), method => Assert.NotEmpty((string)method.Value!["summary"]!));
    }

    [Theory]
    [InlineData("Host", "evil.example", "the host 'evil.example'")]
    [InlineData("Origin", "http://evil.example", "pages from 'http://evil.example'")]
    [InlineData("Origin", "null", "pages from 'null'")]
    [InlineData("Origin", "http://localhost:3000", "pages from 'http://localhost:3000'")]
    [InlineData("Origin", "http://127.0.0.1:12200", "pages from 'http://127.0.0.1:12200'")]
    [InlineData("Sec-Fetch-Site", "cross-site", "pages from elsewhere")]
    [InlineData("Sec-Fetch-Site", "same-site", "pages from elsewhere")]
    [Trait("Fault", "B-F18")]
    public async Task S4_Foreign_hosts_and_pages_are_refused_on_every_route(string header, string value, string reason)
    {
        HttpAnswer[] answers =
        [
            await _proxy.GetAsync("/proxy/status", (header, value)), await _proxy.GetAsync("/openapi/v1.json", (header, value)),
            await _proxy.GetAsync("/nowhere", (header, value)),
            await _proxy.PostAsync("/proxy/load", """{"plugin":"greet"}""", headers: (header, value)),
            await _proxy.PostAsync("/proxy/command/stats", headers: (header, value)),
        ];
        Assert.All(answers, answer => Assert.Equal(403, answer.Status));
        Assert.All(answers, answer => Assert.Contains($"Forbidden: {reason}", answer.Error));
        // A preflight is refused as well.
        Assert.Equal(403, (await Rest.SendAsync(
            HttpMethod.Options, await _proxy.AtAsync("/proxy/load"), null, (header, value), ("Access-Control-Request-Method", "POST"))).Status);
        Assert.Equal("""{"plugins":["echo","full","ops"]}""", (await _proxy.GetAsync("/proxy/plugins")).Text);
    }

    [Fact]
    [Trait("Fault", "B-F18")]
    public async Task A_page_of_the_management_port_needs_a_token_even_if_other_clients_need_none()
    {
        var origin = (await _proxy.AtAsync("/")).GetLeftPart(UriPartial.Authority);
        Assert.Equal(401, (await _proxy.GetAsync("/proxy/status", ("Origin", origin))).Status);
        Assert.Equal(401, (await _proxy.GetAsync("/proxy/status", ("Origin", origin), ("Authorization", "Bearer guessed"))).Status);
        Assert.Equal(200, (await _proxy.GetAsync("/proxy/status", ("Sec-Fetch-Site", "none"))).Status);
    }

    [Fact]
    public async Task S3_A_name_is_never_a_path_or_a_type_of_the_host()
    {
        var outside = managed.Site.Write("secret/outside.csx", $"""File.WriteAllText("{managed.Site["it-ran"]}", ""); mcp.Tool("outside", "", () => 1);""");
        foreach (var (name, status) in new[]
        {
            (outside, 400), (outside[..^4], 400), ("../secret/outside", 400), ("../secret/outside.csx", 400), ("..", 400), ("~/outside", 400), ("_hidden", 400),
            ("echo\\n", 400), (new string('a', 65), 400), ("System.Text.Json", 404), ("outside", 404), ("echo.csx", 404),
        })
            Assert.Equal((name, status), (name, (await _proxy.ChangeAsync("load", name)).Status));
        Assert.False(File.Exists(managed.Site["it-ran"]));
    }

    [Fact]
    public async Task S9_Health_is_local_only_and_shows_names_and_states_but_not_items()
    {
        Assert.Equal("127.0.0.1", (await _proxy.ReadyAsync()).Health!.Host);
        Assert.Equal("""{"plugins":{"echo":"live","full":"live","ops":"live"}}""", (await _proxy.HealthAsync("/health/plugins")).Text);
        foreach (var path in new[] { "/health", "/health/detailed", "/health/ready", "/health/plugins" })
            Assert.DoesNotContain("echo_upper", (await _proxy.HealthAsync(path)).Text);
        Assert.Equal((404, 404), ((await _proxy.HealthAsync("/proxy/status")).Status, (await _proxy.HealthAsync("/openapi/v1.json")).Status));
    }

    [Fact]
    public async Task R9_A_slow_registration_does_not_block_the_management_API()
    {
        managed.Site.Save("slow.csx", """
            Console.WriteLine("the slow registration has begun");
            while (!File.Exists("go"))
                await Task.Delay(10);
            mcp.Tool("slow", "Took its time.", () => 1);
            """);
        var load = _proxy.ChangeAsync("load", "slow");
        await _proxy.Errors.WaitForAsync("the slow registration has begun");

        Assert.Equal(200, (await _proxy.GetAsync("/proxy/status")).Status);
        Assert.Equal("""{"plugins":["echo","full","ops"]}""", (await _proxy.GetAsync("/proxy/plugins")).Text);
        Assert.Equal(200, (await _proxy.PostAsync("/proxy/command/stats")).Status);
        Assert.False(load.IsCompleted);

        managed.Site.Write("go", "");
        Assert.Equal(200, (await load).Status);
    }

    static HttpAnswer Generation1(HttpAnswer answer) =>
        answer with { Text = System.Text.RegularExpressions.Regex.Replace(answer.Text, @"""generation"":\d+", "\"generation\":1") };

    static string Keys(JsonObject body) => string.Join(' ', body.Select(member => member.Key));
}
