using McpScript.Configuration;
using McpScript.Testing;
using static McpScript.Specs.Gates.GuardedPlugins;

namespace McpScript.Specs.Gates;

/// <summary>Groups in the configuration and guards in the code that do not fit together, and changes of the configuration.</summary>
public class GateConfigurationSpecs
{
    [Fact]
    public async Task S7_A_guard_that_cannot_block_any_call_is_a_load_problem_with_the_fix()
    {
        await using var none = await TestHost.StartAsync(new TestSetup { Watch = false }, ("shell.csx", Shell));
        Assert.Contains(
            "Tool 'sh' is guarded by group 'shell', but the configuration has no gate, so its calls could not be blocked. Add 'gate: { groups: "
                + "{ shell: } }' to it",
            Assert.Single(none.StatusOf("shell").Problems).Message);

        await using var other = await GatedHost.StartAsync(["mail", "shel"], ("shell.csx", Shell));
        var problem = Assert.Single(other.Host.StatusOf("shell").Problems);
        Assert.Equal(("MCS0009", "Tool 'sh' is guarded by group 'shell', which 'gate.groups' does not have. It has: mail, shel. Add it there, "
            + "or correct the name."), (problem.Code, problem.Message));
    }

    [Fact]
    public async Task A_gate_that_is_off_leaves_guarded_tools_open_and_warns()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = "gate: { enabled: false }\n" }, ("shell.csx", Shell + """mcp.Tool("gate_open", "", () => "mine");"""));
        Assert.Equal("ran ls", await host.CallAsync("sh", new { command = "ls" }));
        Assert.Equal("mine", await host.CallAsync("gate_open"));
        Assert.Contains("Gate: tool 'sh' is guarded by group 'shell', but open, because gate.enabled is false.", host.Log.Text);
        Assert.DoesNotContain(await (await host.Client).ListToolsAsync(), tool => tool.Name is "gate_unlock" or "gate_status");
    }

    [Fact]
    public async Task While_the_gate_is_on_the_names_of_its_tools_are_reserved()
    {
        await using var gated = await GatedHost.StartAsync(["shell"],
            ("thief.csx", """mcp.Tool("gate_unlock", "", () => "stolen");"""), ("squatter.csx", """mcp.Tool("Gate_open", "", () => "mine");"""));
        foreach (var (plugin, tool) in new[] { ("thief", "gate_unlock"), ("squatter", "Gate_open") })
            Assert.Equal(
                $"The tool name '{tool}' is reserved for the host. Give it another name.", Assert.Single(gated.Host.StatusOf(plugin).Problems).Message);
    }

    [Fact]
    public async Task A_group_pattern_that_matches_nothing_is_a_warning()
    {
        var groups = new Dictionary<string, GateGroupSettings> { ["shell"] = new() { Tools = ["sh", "shh*"], Plugins = ["shell", "shelf"] } };
        await using var gated = await GatedHost.StartAsync(groups, config => config, ("shell.csx", Shell));
        Assert.Contains("Gate: tools: 'shh*' of group 'shell' matches nothing that is loaded.", gated.Host.Log.Text);
        Assert.Contains("Gate: plugins: 'shelf' of group 'shell' matches nothing that is loaded.", gated.Host.Log.Text);
        Assert.DoesNotContain("'sh' of group", gated.Host.Log.Text);
    }

    [Fact]
    public async Task A_pattern_for_all_tools_does_not_guard_the_tools_of_the_gate()
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
        var (secrets, time) = (new KnownSecrets(), new ManualClock(DateTimeOffset.UtcNow));
        await using var host = await TestHost.StartAsync(
            new TestSetup { Options = new() { GateSecrets = secrets, Time = time }, ConfigYaml = "gate: { groups: { shel: } }\n" }, ("shell.csx", Shell),
            ("open.csx", """mcp.Tool("open", "", () => "open");"""));
        var client = await host.ConnectAsync();
        Assert.Equal("shell", Assert.Single(host.Registry.Failures).Reference.Name);
        Assert.Equal("open", await client.TextAsync("open"));

        await host.ChangeAsync(
            "shell", () => File.WriteAllText(host.Folder.ConfigFile, "gate: { groups: { shell: { tools: [open] } } }\n"), result => result.Ok);
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.True((await client.TextAsync("open")).IsLocked("shell"));
        await client.TextAsync("gate_unlock", new { group = "shell", code = secrets.Code("shell", time.GetUtcNow()) });
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));

        // Gone from the configuration, not from the code: the tool must not be open.
        await host.ScanAfterAsync(() => File.WriteAllText(host.Folder.ConfigFile, "gate: { groups: { other: } }\n"));
        await TestHost.UntilAsync(() => host.Server.Gate!.Groups.ContainsKey("other"), "the groups are in force");
        Assert.Contains("'gate.groups' does not have it any more", await client.TextAsync("sh", new { command = "ls" }));
        Assert.Equal("open", await client.TextAsync("open"));
    }

    [Fact]
    public async Task Removing_or_disabling_the_gate_while_running_unlocks_nothing()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Options = new() { GateSecrets = new KnownSecrets() }, ConfigYaml = "gate: { groups: { shell: } }\n" }, ("shell.csx", Shell));
        var client = await host.ConnectAsync();
        foreach (var (yaml, told) in new[] { ("gate: { enabled: false, groups: { shell: } }\n", "gate.enabled"), ("page_size: 9\n", "page_size") })
        {
            await host.ScanAfterAsync(() => File.WriteAllText(host.Folder.ConfigFile, yaml));
            await TestHost.UntilAsync(
                () => host.Log.Text.Split('\n').Any(line => line.Contains("needs a restart to take effect") && line.Contains(told)), "the file has been read");
            Assert.True(host.Server.Config.Gate!.Enabled);
            Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        }
    }

    [Fact]
    public async Task A_protection_that_is_set_too_late_is_an_error()
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
