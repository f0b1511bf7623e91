using McpScript.Configuration;
using McpScript.Gates;
using McpScript.Management;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using static McpScript.Specs.Gates.GuardedPlugins;

namespace McpScript.Specs.Gates;

/// <summary>The owner of an unlock: a session, a principal, the process (stdio), or all anonymous callers.</summary>
public class GateHolderSpecs
{
    [Fact]
    public async Task An_unlock_belongs_to_the_session_and_without_one_to_the_principal()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (ann, anns, bob, session) =
            (await gated.StatelessAsync("ann"), await gated.StatelessAsync("ann"), await gated.StatelessAsync("bob"), await gated.SessionAsync("ann"));
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(ann, "shell"));
        Assert.Equal("ran ls", await anns.TextAsync("sh", new { command = "ls" }));
        Assert.True((await bob.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.True((await session.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
    }

    [Fact]
    public async Task Wrong_codes_lock_out_only_their_own_principal_or_all_anonymous_callers()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (anonymous, ann, bob, anns) =
            (await gated.SessionAsync(), await gated.StatelessAsync("ann"), await gated.SessionAsync("bob"), await gated.SessionAsync("ann"));
        foreach (var client in new[] { anonymous, ann })
            for (var i = 0; i < 5; i++)
                await client.TextAsync("gate_unlock", new { group = "shell", code = gated.Wrong("shell") });
        Assert.Contains("locked out", await gated.UnlockAsync(anonymous, "shell"));
        Assert.Contains("locked out", await gated.UnlockAsync(ann, "shell"));
        Assert.Contains("locked out", await gated.UnlockAsync(anns, "shell"));
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(bob, "shell"));
    }

    [Fact]
    public async Task Anonymous_callers_without_a_session_are_admitted_only_by_the_operator()
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
    public async Task An_operator_unlocks_the_session_whose_prefix_the_refusal_shows()
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
    public async Task Over_stdio_an_unlock_belongs_to_the_process(Way way)
    {
        var (secrets, time) = (new KnownSecrets(), new ManualClock());
        await using var host = await ReachedHost.StartAsync(way, new TestSetup
        {
            Watch = false, Options = new() { GateSecrets = secrets, Time = time }, ConfigYaml = "gate: { groups: { shell: } }\n",
        }, ("shell.csx", Shell));
        var client = await host.ConnectAsync();
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.StartsWith(
            "Group 'shell' unlocked.", await client.TextAsync("gate_unlock", new { group = "shell", code = secrets.Code("shell", time.GetUtcNow()) }));
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
        time.Advance(Totp.Default.Step);
        await client.TextAsync("gate_lock");
        Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.True((await host.Host.Server.Operations.Gate!.UnlockAsync(new GateTarget(), "shell", secrets.Code("shell", time.GetUtcNow()), default)).Ok);
        Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
    }

    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("127.0.0.1", true)]
    public async Task On_a_public_address_the_operator_cannot_unlock_for_anonymous_callers(string address, bool unlocks)
    {
        var groups = new Dictionary<string, GateGroupSettings> { ["shell"] = new() };
        await using var gated = await GatedHost.StartAsync(groups, config => config with { Transport = Transport.Http, Host = address }, ("shell.csx", Shell));
        var operations = gated.Host.Server.Operations.Gate!;
        Assert.Equal(unlocks, (await operations.UnlockAsync(new GateTarget(Anonymous: true), "shell", gated.Code("shell"), default)).Ok);
        var client = await gated.StatelessAsync();
        Assert.Equal(!unlocks, (await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.StartsWith("Name a target: ", (await operations.UnlockAsync(new GateTarget(), "shell", gated.Code("shell"), default)).Text);
    }
}
