using McpScript.Configuration;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Protocol;
using static McpScript.Specs.Gates.GuardedPlugins;

namespace McpScript.Specs.Gates;

/// <summary>Guarded tools, and what it takes to get at them.</summary>
public class GateSpecs
{
    [Fact]
    public async Task A_guarded_tool_explains_how_to_unlock_it_and_runs_once_unlocked()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.SessionAsync();
        Assert.Equal("free", await client.TextAsync("free"));
        Assert.StartsWith(
            "ERROR Group 'shell' is locked. Call gate_unlock(group='shell', code='<totp>') first.\n", await client.TextAsync("sh", new { command = "ls" }));
        Assert.Equal("✗ shell: LOCKED", await client.TextAsync("gate_status"));
        Assert.Equal("Group 'shell' unlocked. Auto-lock after 120m inactivity.", await gated.UnlockAsync(client, "shell"));
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
        gated.Time.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal("✓ shell: UNLOCKED — auto-lock in 30m 0s", await client.TextAsync("gate_status"));
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
        Assert.Equal("✓ shell: UNLOCKED — auto-lock in 120m 0s", await client.TextAsync("gate_status"));
        Assert.Equal("Group 'shell' locked.", await client.TextAsync("gate_lock", new { group = "shell" }));
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.Contains("Warning [McpScript.Gates.Gate] Gate: blocked call to locked group 'shell' (tool 'sh', session ", gated.Host.Log.Text);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task S7_Every_way_to_guard_a_tool_guards_it(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, new TestSetup
        {
            Watch = false,
            Options = new() { GateSecrets = new KnownSecrets() },
            ConfigYaml = "gate: { groups: { g: { tools: [by_pattern*, proxy__load], plugins: [wholly] }, other: } }\nplugins: { prefixed: { prefix: pre } }\n",
        },
            ("code.csx", """
                mcp.Tool("by_call", "", () => 1).Protect("g");
                mcp.Tool("by_schema", "", "{\"type\":\"object\"}", (request, ct) => new(new ModelContextProtocol.Protocol.CallToolResult())).Protect("g");
                mcp.Tool("by_lambda", "", [Protect("g")] () => 1);
                mcp.Tool("with_metadata", "", [Protect("g")] () => 1, new() { Metadata = [new object()] });
                mcp.Tool("by_both", "", () => 1).Protect("g").Protect("other");
                [McpServerTool(Name = "by_attribute"), Protect("g")] async Task<int> ByAttribute() { await Task.Yield(); return 1; }
                [McpServerToolType, Protect("g")] class Guarded { [McpServerTool(Name = "by_class")] public static int One() => 1; }
                mcp.OnLive(async retiring => await mcp.UpdateAsync(b => b.Tool("by_update", "", () => 1).Protect("g")));
                """),
            ("named.csx", """mcp.Tool("by_pattern_1", "", () => 1); mcp.Tool("BY_PATTERN_2", "", () => 1); mcp.Tool("open", "", () => "open");"""),
            ("prefixed.csx", """mcp.Tool("tool", "", () => 1).Protect("g");"""),
            ("wholly.csx", """mcp.Tool("any", "", () => 1);"""));
        await TestHost.UntilAsync(() => host.Host.Registry.FindToolOwner("by_update") is not null, "the tool is there that comes later");
        Assert.Empty(host.Host.Registry.Failures);
        var client = await host.ConnectAsync();
        Assert.Equal("open", await client.TextAsync("open"));
        string[] guarded = ["by_call", "by_schema", "by_lambda", "with_metadata", "by_both", "by_attribute", "by_class", "by_update", "by_pattern_1",
            "BY_PATTERN_2", "pre_tool", "any"];
        foreach (var tool in guarded)
            Assert.True((await client.TextAsync(tool)).IsLocked("g"), tool);
        Assert.True((await client.TextAsync("proxy__load", new { plugin = "x" })).IsLocked("g"));
        Assert.Contains("Group 'other' is locked.", await client.TextAsync("by_both"));
        Assert.Equal([.. guarded.Append("proxy__load").Order(StringComparer.Ordinal)], host.Host.Server.Operations.Gate!.ToolsOf("g"));
    }

    [Fact]
    public async Task Several_groups_must_all_be_open()
    {
        await using var gated = await GatedHost.StartAsync(["a", "b"], ("both.csx", """mcp.Tool("both", "", () => "through").Protect("a").Protect("b");"""));
        var client = await gated.SessionAsync();
        var locked = await client.TextAsync("both");
        Assert.True(locked.IsLocked("a"));
        Assert.Contains("Group 'b' is locked.", locked);
        await gated.UnlockAsync(client, "a");
        Assert.True((await client.TextAsync("both")).IsLocked("b"));
        await gated.UnlockAsync(client, "b");
        Assert.Equal("through", await client.TextAsync("both"));
    }

    [Fact]
    public async Task S6_A_code_is_accepted_once_in_the_same_and_in_other_sessions()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (one, two) = (await gated.SessionAsync(), await gated.SessionAsync());
        await gated.UnlockAsync(one, "shell");
        Assert.Equal("ERROR Invalid code: it was used already, so wait for the next one. 4 attempt(s) left.", await gated.UnlockAsync(two, "shell"));
        Assert.StartsWith("ERROR Invalid code: it was used already", await gated.UnlockAsync(one, "shell"));
        Assert.True((await two.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        gated.NextCode();
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(two, "shell"));
    }

    [Theory]
    [InlineData("+{0}")]
    [InlineData(" {0} ")]
    [InlineData("1_2")]
    [InlineData("12")]
    public async Task S6_Only_six_digits_are_a_code(string shape)
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.SessionAsync();
        Assert.StartsWith("ERROR Invalid code: it should be the six digits",
            await client.TextAsync("gate_unlock", new { group = "shell", code = shape.Replace("{0}", gated.Code("shell")) }));
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
    }

    [Fact]
    public async Task S6_Neither_a_new_session_nor_a_reload_bypasses_a_lock_out()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        for (var i = 0; i < 5; i++)
            await (await gated.SessionAsync()).TextAsync("gate_unlock", new { group = "shell", code = gated.Wrong("shell") });
        var client = await gated.SessionAsync();
        const string lockedOut = "ERROR Group 'shell' locked out after 5 failed attempts. Try again in 30 s.";
        Assert.Equal(lockedOut, await gated.UnlockAsync(client, "shell"));
        Assert.True((await gated.Host.Registry.ReloadAsync("shell")).Ok);
        Assert.True((await gated.Host.Registry.UnloadAsync("shell")).Ok);
        Assert.True((await gated.Host.Registry.LoadAsync("shell")).Ok);
        Assert.Equal(lockedOut, await gated.UnlockAsync(client, "shell"));
        Assert.Equal("✗ shell: LOCKED — locked out for 0m 30s", await client.TextAsync("gate_status"));
        gated.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(client, "shell"));
    }

    [Fact]
    public async Task A_reload_neither_loses_nor_bypasses_an_unlock()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (one, two) = (await gated.SessionAsync(), await gated.SessionAsync());
        await gated.UnlockAsync(one, "shell");
        gated.Host.Folder.Write("shell.csx", Shell.Replace("ran", "new"));
        Assert.True((await gated.Host.Registry.ReloadAsync("shell")).Ok);
        Assert.Equal("new ls", await one.TextAsync("sh", new { command = "ls" }));
        Assert.True((await two.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
    }

    [Fact]
    public async Task Through_proxy_run_the_guards_of_the_tool_and_of_proxy_run_apply()
    {
        var groups = new Dictionary<string, GateGroupSettings> { ["shell"] = new(), ["run"] = new() { Tools = ["proxy__run"] } };
        await using var gated = await GatedHost.StartAsync(groups, config => config with { DynamicDispatch = true, Autoload = [] }, ("shell.csx", Shell));
        await gated.Host.Registry.LoadAsync("shell");
        var client = await gated.SessionAsync();
        Assert.Equal("free", await client.TextAsync("free"));
        Assert.True((await client.TextAsync("proxy__run", new { tool = "free" })).IsLocked("run"));
        await gated.UnlockAsync(client, "run");
        Assert.Equal("free", await client.TextAsync("proxy__run", new { tool = "free" }));
        Assert.True((await client.TextAsync("proxy__run", new { tool = "sh", arguments = new { command = "ls" } })).IsLocked("shell"));
        await gated.UnlockAsync(client, "shell");
        Assert.Equal("ran ls", await client.TextAsync("proxy__run", new { tool = "sh", arguments = new { command = "ls" } }));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_parked_call_continues_only_while_its_group_is_unlocked(bool locks)
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("ask.csx", """
            mcp.Tool("ask", "Asks.", async (McpServer server, CancellationToken ct) =>
            {
                await server.ElicitAsync(
                    new() { Message = "Well?", RequestedSchema = new() { Properties = { ["text"] = new ElicitRequestParams.StringSchema() } } }, ct);
                return "went on";
            }).Protect("shell");
            """));
        var client = await gated.StatelessAsync("ann", options => options.Handlers.ElicitationHandler = (_, _) =>
        {
            if (locks)
                gated.Host.Server.Gate!.Lock(null);
            return new(new ElicitResult { Action = "accept", Content = new Dictionary<string, System.Text.Json.JsonElement>() });
        });
        await gated.UnlockAsync(client, "shell");
        var answer = await client.TextAsync("ask");
        if (locks)
            Assert.True(answer.IsLocked("shell"), answer);
        else
            Assert.Equal("went on", answer);
    }
}
