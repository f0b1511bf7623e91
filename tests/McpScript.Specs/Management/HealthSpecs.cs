using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Http.Management;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

public class HealthSpecs
{
    const string Broken = """mcp.Tool("work", "Works.", () => missing);""", Fixed = """mcp.Tool("work", "Works.", () => 1);""";

    [Fact]
    public async Task The_server_is_ready_when_every_wanted_plugin_is_loaded_also_in_an_old_version()
    {
        using var site = new ProxySite(("work.csx", Broken), ("say.csx", Say.Script("hello")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--watch", "--http", "0");
        Assert.Equal(
            new(503, """{"ready":false,"error":"Plugin 'work' should be loaded and is not","degraded":["Plugin 'work' could not be loaded"]}"""),
            await proxy.HealthAsync("/health/ready"));
        Assert.Equal("""{"plugins":{"say":"live","work":"failed"}}""", (await proxy.HealthAsync("/health/plugins")).Text);

        site.Save("work.csx", Fixed);
        await proxy.Errors.WaitForAsync("Plugin 'work' loaded: 1 tools");
        Assert.Equal(new(200, """{"ready":true}"""), await proxy.HealthAsync("/health/ready"));

        site.Save("work.csx", Broken);
        await proxy.Errors.WaitForAsync("The previous version is still serving.");
        const string reasons = """["Plugin 'work' could not be reloaded; its previous version serves"]""";
        Assert.Equal(new(200, $$"""{"ready":true,"degraded":{{reasons}}}"""), await proxy.HealthAsync("/health/ready"));
        Assert.Equal(reasons, JsonSerializer.Serialize((await proxy.HealthAsync("/health/detailed")).Json["degraded"], ManagementJson.Options));
        // S9: names and states, not what they offer nor what is wrong with them.
        Assert.Equal("""{"plugins":{"say":"live","work":"live, last reload failed"}}""", (await proxy.HealthAsync("/health/plugins")).Text);
        Assert.Equal(404, (await proxy.HealthAsync("/proxy/status")).Status);
        Assert.Equal(404, (await proxy.HealthAsync("/openapi/v1.json")).Status);
    }

    [Fact]
    public async Task A_broken_plugin_that_the_operator_unloads_does_not_block_readiness()
    {
        using var site = new ProxySite(("work.csx", Broken), ("say.csx", Say.Script("hello")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0", "-a", "say", "work", "absent");
        Assert.Equal(
            "Plugin 'absent' should be loaded and is not; Plugin 'work' should be loaded and is not", (await proxy.HealthAsync("/health/ready")).Error);

        // An unknown name (a typo) is not kept as wanted; a second attempt to load a wanted plugin changes nothing.
        Assert.Equal(404, (await proxy.ChangeAsync("load", "wrok")).Status);
        Assert.Equal(404, (await proxy.ChangeAsync("load", "absent")).Status);
        Assert.Contains("'absent' should be loaded and is not; Plugin 'work' should", (await proxy.HealthAsync("/health/ready")).Error);

        Assert.Equal((409, 404), ((await proxy.ChangeAsync("unload", "work")).Status, (await proxy.ChangeAsync("unload", "absent")).Status));
        Assert.Equal(new(200, """{"ready":true}"""), await proxy.HealthAsync("/health/ready"));
    }

    [Fact]
    [Trait("Fault", "C2")]
    public async Task A_plugin_that_is_loaded_and_unloaded_by_hand_does_not_change_readiness()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        site.Save("half.csx", """throw new Exception("half done");""");
        Assert.Equal(422, (await proxy.ChangeAsync("load", "half")).Status);
        Assert.Equal(new(200, """{"ready":true,"degraded":["Plugin 'half' could not be loaded"]}"""), await proxy.HealthAsync("/health/ready"));

        Assert.Equal(200, (await proxy.ChangeAsync("unload", "say")).Status);
        site.Save("say.csx", Broken);
        Assert.Equal(422, (await proxy.ChangeAsync("load", "say")).Status);
        Assert.Equal(200, (await proxy.HealthAsync("/health/ready")).Status);
    }

    [Fact]
    [Trait("Fault", "C2")]
    public async Task An_empty_plugin_folder_is_degraded_and_not_ready_only_where_plugins_are_required()
    {
        using var site = new ProxySite(("none.txt", ""));
        await using (var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0"))
            Assert.Equal(new(200, """{"ready":true,"degraded":["Plugin folder 'plugins' holds no plugin"]}"""), await proxy.HealthAsync("/health/ready"));

        site.Write("mcp.yaml", "require_plugins: true\n");
        await using var strict = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        var answer = await strict.HealthAsync("/health/ready");
        Assert.Equal((503, "No plugin is loaded, and 'require_plugins' is on"), (answer.Status, answer.Error));
    }

    [Fact]
    [Trait("Fault", "B-F16")]
    public async Task Health_answers_HEAD_as_it_answers_GET_without_the_body()
    {
        using var site = new ProxySite(("work.csx", Broken));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var health = (await proxy.ReadyAsync()).Health!;
        foreach (var (path, status) in new[] { ("/health", 200), ("/health/detailed", 200), ("/health/ready", 503), ("/health/plugins", 200) })
        {
            var answer = await Rest.SendAsync(HttpMethod.Head, new(health, path));
            Assert.Equal((path, status, ""), (path, answer.Status, answer.Text));
        }
    }

    [Fact]
    public async Task R6_The_counters_are_correct()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        var before = DateTimeOffset.UtcNow;
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var health = (await proxy.HealthAsync("/health")).Json;
        Assert.Equal(("status timestamp", "ok"), (Keys(health), (string?)health["status"]));
        Assert.InRange(health["timestamp"]!.GetValue<DateTimeOffset>(), before, DateTimeOffset.UtcNow);
        var none = (await proxy.HealthAsync("/health/detailed")).Json;
        Assert.Equal("status uptime_seconds started_at connections sessions requests last_request errors", Keys(none));
        Assert.Equal(("0", "0", "0", "0", null), Counters(none));
        Assert.InRange(none["started_at"]!.GetValue<DateTimeOffset>(), before, DateTimeOffset.UtcNow);
        Assert.True(none["uptime_seconds"]!.GetValue<double>() > 0);

        var mcp = (await proxy.ReadyAsync()).Mcp!;
        Assert.Equal(404, (await Rest.SendAsync(HttpMethod.Get, new(mcp, "/nowhere"))).Status);
        Assert.True((await Rest.SendAsync(HttpMethod.Post, mcp, new StringContent("no"))).Status >= 400);
        var two = await proxy.DetailedUntilAsync(detailed => (string)detailed["errors"]!.ToJsonString() == "2");
        Assert.Equal(("0", "0", "2", "2"), (Counters(two).Connections, Counters(two).Sessions, Counters(two).Requests, Counters(two).Errors));
        Assert.InRange(two["last_request"]!.GetValue<DateTimeOffset>(), before, DateTimeOffset.UtcNow);

        var client = await proxy.ConnectAsync(Era.Sessions);
        Assert.Equal("hello", await client.SayAsync("say"));
        // Its session, and the stream that it listens on.
        var connected = await proxy.DetailedUntilAsync(detailed => Counters(detailed) is { Sessions: "1", Connections: "1" });
        Assert.Equal("2", Counters(connected).Errors);
        Assert.True(connected["requests"]!.GetValue<int>() >= 5);
        await client.DisposeAsync();
        await proxy.DetailedUntilAsync(detailed => Counters(detailed) is { Sessions: "0", Connections: "0" });
    }

    [Fact]
    public async Task Health_can_be_turned_off()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Write("mcp.yaml", "health_port: off\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        Assert.Null((await proxy.ReadyAsync()).Health);
        Assert.Contains("health off", await proxy.Errors.WaitForAsync("Proxy ready"));
    }

    static (string Connections, string Sessions, string Requests, string Errors, string? Last) Counters(JsonObject detailed) =>
        (Text(detailed, "connections")!, Text(detailed, "sessions")!, Text(detailed, "requests")!, Text(detailed, "errors")!, Text(detailed, "last_request"));

    static string? Text(JsonObject detailed, string counter) => detailed[counter]?.ToJsonString();

    static string Keys(JsonObject body) => string.Join(' ', body.Select(member => member.Key));
}
