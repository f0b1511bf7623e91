using System.IO.Pipelines;
using McpScript.Gates;
using McpScript.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Specs.Gates;

/// <summary>Backends of secrets, and the gate without the rest.</summary>
public class GateBackendSpecs
{
    const string Shell = """mcp.Tool("sh", "", () => "ran").Protect("shell");""";

    [Fact]
    public async Task An_unreachable_vault_keeps_the_group_locked_with_the_reason_and_is_queried_again()
    {
        var secret = Totp.Default.NewSecret();
        await using var vault = await StandInVault.StartAsync();
        vault.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        var yaml = $$"""gate: { secret_backend: vaultwarden, vaultwarden_url: "{{vault.Url}}", vaultwarden_token: t0ken-of-vault, groups: { shell: { """
            + $$"""secret_ref: "shell on ops" } } }""";
        var time = new ManualClock();
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = yaml + "\n", Options = new() { Time = time } }, ("shell.csx", Shell));
        await TestHost.UntilAsync(() => host.Log.Text.Contains("Gate: 'shell' stays locked: Vaultwarden at"), "the vault was queried");
        var client = await host.ConnectAsync();
        Assert.Contains("✗ shell: LOCKED — Vaultwarden at", await client.TextAsync("gate_status"));
        var locked = await client.TextAsync("sh");
        Assert.True(locked.IsLocked("shell"));
        Assert.Contains("No code is accepted now: Vaultwarden at", locked);
        for (var i = 0; i < 6; i++)
            Assert.StartsWith("ERROR Vaultwarden at", await client.TextAsync("gate_unlock", new { group = "shell", code = "000000" }));

        vault.Answer = context => StandInVault.Items(context, $$"""{"name":"shell on ops","notes":"{{secret}}"}""");
        Assert.True(Base32.TryDecode(secret, out var bytes));
        Assert.StartsWith(
            "Group 'shell' unlocked.", await client.TextAsync("gate_unlock", new { group = "shell", code = Totp.Default.CodeAt(bytes, time.GetUtcNow()) }));
        Assert.Equal("ran", await client.TextAsync("sh"));
        Assert.Contains("Gate: the secret of 'shell' is available now", host.Log.Text);
        Assert.All(vault.Requests, request => Assert.Equal(("shell on ops", "Bearer t0ken-of-vault"), request));
        Assert.DoesNotContain("t0ken-of-vault", host.Log.Text);
        Assert.DoesNotContain(secret, host.Log.Text);
    }

    [Fact]
    public async Task A_slow_vault_blocks_no_other_call()
    {
        var door = new Turnstile();
        await using var vault = await StandInVault.StartAsync();
        var secret = Totp.Default.NewSecret();
        vault.Answer = async context =>
        {
            await door.PassAsync(context.RequestAborted);
            await StandInVault.Items(context, $$"""{"name":"shell","notes":"{{secret}}"}""");
        };
        var yaml = $$"""gate: { secret_backend: vaultwarden, vaultwarden_url: "{{vault.Url}}", vaultwarden_token: t0ken, groups: { shell: } }""";
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = yaml + "\n" }, ("shell.csx", Shell + """mcp.Tool("free", "", () => "free");"""));
        await door.CallerWaiting;
        var client = await host.ConnectAsync();
        Assert.Equal("free", await client.TextAsync("free"));
        Assert.True((await client.TextAsync("sh")).IsLocked("shell"));
        Assert.Equal("✗ shell: LOCKED", await client.TextAsync("gate_status"));
    }

    [Fact]
    public async Task A_dll_guards_its_tools_with_the_attribute()
    {
        var dll = Dll.Build("Guarded", """
            [McpServerToolType]
            public static class Tools
            {
                [McpServerTool(Name = "sh"), Protect("shell")]
                public static async Task<string> Run() { await Task.Yield(); return "ran"; }
                [McpServerTool(Name = "free")]
                public static string Free() => "free";
            }
            """);
        var (secrets, time) = (new KnownSecrets(), new ManualClock());
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Watch = false, Prepare = folder => dll.WriteTo(folder.Path), Options = new() { GateSecrets = secrets, Time = time },
            ConfigYaml = "gate: { groups: { shell: } }\n",
        });
        var client = await host.ConnectAsync();
        Assert.Equal("free", await client.TextAsync("free"));
        Assert.True((await client.TextAsync("sh")).IsLocked("shell"));
        await client.TextAsync("gate_unlock", new { group = "shell", code = secrets.Code("shell", time.GetUtcNow()) });
        Assert.Equal("ran", await client.TextAsync("sh"));
    }

    [Fact]
    public async Task The_gate_on_its_own_guards_a_server_of_the_SDK()
    {
        var (secrets, time) = (new KnownSecrets(), new ManualClock());
        await using var gate = new Gate(new() { Groups = ImmutableOf("shell", new() { Tools = ["by_name"] }) }, secrets, time);
        var options = new McpServerOptions
        {
            ToolCollection =
            [
                McpServerTool.Create([Protect("shell")] () => "ran", new() { Name = "sh" }), McpServerTool.Create(() => "named", new() { Name = "by_name" }),
                McpServerTool.Create(() => "free", new() { Name = "free" }),
            ],
        };
        gate.AddTo(options, oneClient: true);
        var (up, down) = (new Pipe(), new Pipe());
        await using var server = McpServer.Create(new StreamServerTransport(up.Reader.AsStream(), down.Writer.AsStream()), options);
        using var stop = new CancellationTokenSource();
        var running = server.RunAsync(stop.Token);
        await using (var client = await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream()))
            .WaitAsync(TestHost.Patience))
        {
            Assert.Equal(["by_name", "free", "gate_lock", "gate_status", "gate_unlock", "sh"],
                (await client.ListToolsAsync()).Select(tool => tool.Name).Order(StringComparer.Ordinal));
            Assert.Equal("free", await client.TextAsync("free"));
            Assert.True((await client.TextAsync("sh")).IsLocked("shell"));
            Assert.True((await client.TextAsync("by_name")).IsLocked("shell"));
            await client.TextAsync("gate_unlock", new { group = "shell", code = secrets.Code("shell", time.GetUtcNow()) });
            Assert.Equal(("ran", "named"), (await client.TextAsync("sh"), await client.TextAsync("by_name")));
        }
        await stop.CancelAsync();
        await Task.WhenAny(running).WaitAsync(TestHost.Patience);
    }

    static System.Collections.Immutable.ImmutableSortedDictionary<string, Configuration.GateGroupSettings> ImmutableOf(
        string name, Configuration.GateGroupSettings group) =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, Configuration.GateGroupSettings>.Empty.Add(name, group);
}
