using McpScript.Configuration;
using McpScript.Gates;
using McpScript.Management;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Gates;

/// <summary>Guarded tools, and what it takes to get at them.</summary>
public class GateSpecs
{
    const string Shell = """
        mcp.Tool("sh", "Runs.", async (string command) => { await Task.Yield(); return $"ran {command}"; }).Protect("shell");
        mcp.Tool("free", "Is free.", () => "free");
        """;

    [Fact]
    public async Task A_guarded_tool_says_how_to_unlock_it_and_runs_once_that_is_done()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.SessionAsync();
        Assert.Equal("free", await client.TextAsync("free"));
        Assert.StartsWith("ERROR Group 'shell' is locked. Call gate_unlock(group='shell', code='<totp>') first.\n", await client.TextAsync("sh", new { command = "ls" }));
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
    public async Task S7_However_a_tool_is_guarded_it_is_guarded(Way way)
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
        string[] guarded = ["by_call", "by_schema", "by_lambda", "with_metadata", "by_both", "by_attribute", "by_class", "by_update", "by_pattern_1", "BY_PATTERN_2", "pre_tool", "any"];
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
    public async Task S6_A_code_is_taken_once_in_the_same_and_in_other_sessions()
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
        Assert.StartsWith("ERROR Invalid code: it should be the six digits", await client.TextAsync("gate_unlock", new { group = "shell", code = shape.Replace("{0}", gated.Code("shell")) }));
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
    }

    [Fact]
    public async Task S6_Neither_a_new_session_nor_a_reload_gets_round_a_lock_out()
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
    public async Task In_a_session_an_unlock_is_the_session_s_and_without_one_the_principal_s()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (ann, anns, bob, session) = (await gated.StatelessAsync("ann"), await gated.StatelessAsync("ann"), await gated.StatelessAsync("bob"), await gated.SessionAsync("ann"));
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(ann, "shell"));
        Assert.Equal("ran ls", await anns.TextAsync("sh", new { command = "ls" }));
        Assert.True((await bob.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.True((await session.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
    }

    [Fact]
    public async Task Anonymous_slips_lock_no_principal_out_and_a_principal_s_slips_only_himself()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (anonymous, ann, bob, anns) = (await gated.SessionAsync(), await gated.StatelessAsync("ann"), await gated.SessionAsync("bob"), await gated.SessionAsync("ann"));
        foreach (var client in new[] { anonymous, ann })
            for (var i = 0; i < 5; i++)
                await client.TextAsync("gate_unlock", new { group = "shell", code = gated.Wrong("shell") });
        Assert.Contains("locked out", await gated.UnlockAsync(anonymous, "shell"));
        Assert.Contains("locked out", await gated.UnlockAsync(ann, "shell"));
        Assert.Contains("locked out", await gated.UnlockAsync(anns, "shell"));
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(bob, "shell"));
    }

    [Fact]
    public async Task Anonymous_callers_without_a_session_are_let_in_by_the_operator_alone()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.StatelessAsync();
        var locked = await client.TextAsync("sh", new { command = "ls" });
        Assert.True(locked.IsLocked("shell"));
        Assert.EndsWith("mcp-proxy gate unlock shell --anonymous", locked);
        Assert.StartsWith("ERROR This client has neither a session nor an identity", await gated.UnlockAsync(client, "shell"));
        var operations = gated.Host.Server.Operations.Gate!;
        Assert.True((await operations.UnlockAsync(new GateTarget(Anonymous: true), "shell", gated.Code("shell"), default)).Ok);
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
        Assert.True((await (await gated.SessionAsync()).TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        operations.Lock(new GateTarget(), "");
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
    }

    [Fact]
    public async Task An_operator_unlocks_the_session_whose_head_the_refusal_shows()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (client, other) = (await gated.SessionAsync(), await gated.SessionAsync());
        var locked = await client.TextAsync("sh", new { command = "ls" });
        var head = locked.Split("--session ")[1];
        Assert.Equal(8, head.Length);
        Assert.True((await gated.Host.Server.Operations.Gate!.UnlockAsync(new GateTarget(Session: head), "shell", gated.Code("shell"), default)).Ok);
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
        Assert.True((await other.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
    }

    [Theory, InlineData(Way.PipesInSession), InlineData(Way.PipesStateless)]
    public async Task Over_stdio_an_unlock_is_the_process_s(Way way)
    {
        var (secrets, time) = (new KnownSecrets(), new HandClock());
        await using var host = await ReachedHost.StartAsync(way, new TestSetup
        {
            Watch = false, Options = new() { GateSecrets = secrets, Time = time }, ConfigYaml = "gate: { groups: { shell: } }\n",
        }, ("shell.csx", Shell));
        var client = await host.ConnectAsync();
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.StartsWith("Group 'shell' unlocked.", await client.TextAsync("gate_unlock", new { group = "shell", code = secrets.Code("shell", time.GetUtcNow()) }));
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
        time.Advance(Totp.Step);
        await client.TextAsync("gate_lock");
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.True((await host.Host.Server.Operations.Gate!.UnlockAsync(new GateTarget(), "shell", secrets.Code("shell", time.GetUtcNow()), default)).Ok);
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
    }

    [Fact]
    public async Task Through_proxy_run_the_tool_s_own_guard_holds_and_proxy_run_s_too()
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
    public async Task A_parked_call_goes_on_only_while_its_group_is_open(bool locks)
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("ask.csx", """
            mcp.Tool("ask", "Asks.", async (McpServer server, CancellationToken ct) =>
            {
                await server.ElicitAsync(new() { Message = "Well?", RequestedSchema = new() { Properties = { ["text"] = new ElicitRequestParams.StringSchema() } } }, ct);
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

    [Fact]
    public async Task S7_A_guard_that_could_hold_nobody_back_is_a_load_problem_with_the_cure()
    {
        await using var none = await TestHost.StartAsync(new TestSetup { Watch = false }, ("shell.csx", Shell));
        Assert.Contains(
            "Tool 'sh' is guarded by group 'shell', but the configuration has no gate, so its calls could not be blocked. Add 'gate: { groups: { shell: } }' to it",
            Assert.Single(none.StatusOf("shell").Problems).Message);

        await using var other = await GatedHost.StartAsync(["mail", "shel"], ("shell.csx", Shell));
        var problem = Assert.Single(other.Host.StatusOf("shell").Problems);
        Assert.Equal(("MCS0009", "Tool 'sh' is guarded by group 'shell', which 'gate.groups' does not have. It has: mail, shel. Add it there, or correct the name."), (problem.Code, problem.Message));
    }

    [Fact]
    public async Task A_gate_that_is_off_leaves_guarded_tools_open_and_warns()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false, ConfigYaml = "gate: { enabled: false }\n" }, ("shell.csx", Shell + """mcp.Tool("gate_open", "", () => "mine");"""));
        Assert.Equal("ran ls", await host.CallAsync("sh", new { command = "ls" }));
        Assert.Equal("mine", await host.CallAsync("gate_open"));
        Assert.Contains("Gate: tool 'sh' is guarded by group 'shell', but open, because gate.enabled is false.", host.Log.Text);
        Assert.DoesNotContain(await (await host.Client).ListToolsAsync(), tool => tool.Name is "gate_unlock" or "gate_status");
    }

    [Fact]
    public async Task While_the_gate_is_on_its_tools_names_are_its_own()
    {
        await using var gated = await GatedHost.StartAsync(["shell"],
            ("thief.csx", """mcp.Tool("gate_unlock", "", () => "stolen");"""), ("squatter.csx", """mcp.Tool("Gate_open", "", () => "mine");"""));
        foreach (var (plugin, tool) in new[] { ("thief", "gate_unlock"), ("squatter", "Gate_open") })
            Assert.Equal($"The tool name '{tool}' is reserved for the host. Give it another name.", Assert.Single(gated.Host.StatusOf(plugin).Problems).Message);
    }

    [Fact]
    public async Task What_the_groups_name_and_nothing_is_called_is_warned_about()
    {
        var groups = new Dictionary<string, GateGroupSettings> { ["shell"] = new() { Tools = ["sh", "shh*"], Plugins = ["shell", "shelf"] } };
        await using var gated = await GatedHost.StartAsync(groups, config => config, ("shell.csx", Shell));
        Assert.Contains("Gate: tools: 'shh*' of group 'shell' matches nothing that is loaded.", gated.Host.Log.Text);
        Assert.Contains("Gate: plugins: 'shelf' of group 'shell' matches nothing that is loaded.", gated.Host.Log.Text);
        Assert.DoesNotContain("'sh' of group", gated.Host.Log.Text);
    }

    [Fact]
    public async Task A_pattern_for_everything_does_not_shut_the_way_in()
    {
        var groups = new Dictionary<string, GateGroupSettings> { ["all"] = new() { Tools = ["*"] } };
        await using var gated = await GatedHost.StartAsync(groups, config => config, ("open.csx", """mcp.Tool("open", "", () => "open");"""));
        var client = await gated.SessionAsync();
        Assert.True((await client.TextAsync("open")).IsLocked("all"));
        Assert.True((await client.TextAsync("proxy__status")).IsLocked("all"));
        Assert.Equal("✗ all: LOCKED", await client.TextAsync("gate_status"));
        await gated.UnlockAsync(client, "all");
        Assert.Equal("open", await client.TextAsync("open"));
    }

    [Fact]
    public async Task S7_Groups_take_effect_when_the_configuration_is_saved()
    {
        // Not in the future, which would make every file look old enough to be believed.
        var (secrets, time) = (new KnownSecrets(), new HandClock(DateTimeOffset.UtcNow));
        await using var host = await TestHost.StartAsync(
            new TestSetup { Options = new() { GateSecrets = secrets, Time = time }, ConfigYaml = "gate: { groups: { shel: } }\n" }, ("shell.csx", Shell), ("open.csx", """mcp.Tool("open", "", () => "open");"""));
        var client = await host.ConnectAsync();
        Assert.Equal("shell", Assert.Single(host.Registry.Failures).Reference.Name);
        Assert.Equal("open", await client.TextAsync("open"));

        await host.ChangeAsync("shell", () => File.WriteAllText(host.Folder.ConfigFile, "gate: { groups: { shell: { tools: [open] } } }\n"), result => result.Ok);
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.True((await client.TextAsync("open")).IsLocked("shell"));
        await client.TextAsync("gate_unlock", new { group = "shell", code = secrets.Code("shell", time.GetUtcNow()) });
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));

        // Gone from the configuration, not from the code: the tool must not be open.
        await host.LooksAsync(() => File.WriteAllText(host.Folder.ConfigFile, "gate: { groups: { other: } }\n"));
        await TestHost.UntilAsync(() => host.Server.Gate!.Groups.ContainsKey("other"), "the groups are in force");
        Assert.Contains("'gate.groups' does not have it any more", await client.TextAsync("sh", new { command = "ls" }));
        Assert.Equal("open", await client.TextAsync("open"));
    }

    [Fact]
    public async Task Taking_the_gate_out_or_off_while_running_opens_nothing()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Options = new() { GateSecrets = new KnownSecrets() }, ConfigYaml = "gate: { groups: { shell: } }\n" }, ("shell.csx", Shell));
        var client = await host.ConnectAsync();
        foreach (var (yaml, told) in new[] { ("gate: { enabled: false, groups: { shell: } }\n", "gate.enabled"), ("page_size: 9\n", "page_size") })
        {
            await host.LooksAsync(() => File.WriteAllText(host.Folder.ConfigFile, yaml));
            await TestHost.UntilAsync(() => host.Log.Text.Split('\n').Any(line => line.Contains("needs a restart to take effect") && line.Contains(told)), "the file has been read");
            Assert.True(host.Server.Config.Gate!.Enabled);
            Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        }
    }

    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("127.0.0.1", true)]
    public async Task Where_other_machines_can_come_from_nobody_unlocks_for_anonymous_callers(string address, bool unlocks)
    {
        var groups = new Dictionary<string, GateGroupSettings> { ["shell"] = new() };
        await using var gated = await GatedHost.StartAsync(groups, config => config with { Transport = Transport.Http, Host = address }, ("shell.csx", Shell));
        var operations = gated.Host.Server.Operations.Gate!;
        Assert.Equal(unlocks, (await operations.UnlockAsync(new GateTarget(Anonymous: true), "shell", gated.Code("shell"), default)).Ok);
        var client = await gated.StatelessAsync();
        Assert.Equal(!unlocks, (await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.StartsWith("Name a target: ", (await operations.UnlockAsync(new GateTarget(), "shell", gated.Code("shell"), default)).Text);
    }

    [Fact]
    public async Task An_abandoned_protection_is_told_and_not_just_lost()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("late.csx", """
            var tool = mcp.Tool("tool", "", () => "open");
            mcp.Command("protect", "Protects too late.", p => { tool.Protect("shell"); return "done"; });
            """));
        var result = await gated.Host.Server.Operations.RunCommandAsync("protect", new Dictionary<string, System.Text.Json.JsonElement>(), default);
        Assert.False(result.Ok);
        Assert.Contains("Tool 'tool' is made already and stays as it is.", result.Result);
    }
}
