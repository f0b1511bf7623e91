using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>Run files: commands find the running proxies by them.</summary>
public class RunFileSpecs
{
    const string None = "No running proxy was found. Start one with 'mcp-proxy serve', or name its management port with --mgmt-port.";

    [Fact]
    public async Task Commands_find_the_only_running_proxy_and_require_a_choice_of_several()
    {
        using var first = new ProxySite(("say.csx", Say.Script("one")));
        using var second = new ProxySite(("say.csx", Say.Script("two")), ("more.csx", """mcp.Tool("more", "More.", () => 1);"""));
        second.Environment["HOME"] = first["home"];
        Assert.Equal(new(1, "", None), await first.RunAsync("status"));

        await using var stdio = await ProxyProcess.StartReadyAsync(first, "serve");
        Assert.Equal("Plugins: 1, Tools: 1\n  say: say", await first.SayAsync("status"));
        await using var http = await ProxyProcess.StartReadyAsync(second, "serve", "--http", "0");
        var ports = new[] { (await stdio.ReadyAsync()).Management.Port, (await http.ReadyAsync()).Management.Port };
        var several = await first.RunAsync("reload", "say");
        Assert.Equal((1, ""), (several.Code, several.Output));
        var lines = several.Errors.Split('\n');
        Assert.Equal("Several proxies are running. Choose one with --mgmt-port:", lines[0]);
        Assert.Matches($@"^  --mgmt-port {ports[0]}   pid \d+, stdio, started in {first.Path}$", lines[1]);
        Assert.Matches($@"^  --mgmt-port {ports[1]}   pid \d+, http, started in {second.Path}$", lines[2]);
        Assert.Equal("more\nsay", await first.SayAsync("tools", "--mgmt-port", $"{ports[1]}"));

        http.Send(Signal.Terminate);
        Assert.Equal(0, await http.ExitAsync());
        Assert.Equal("say", await first.SayAsync("tools"));
        stdio.EndInput();
        Assert.Equal(0, await stdio.ExitAsync());
        Assert.Empty(RunFiles(first));
        Assert.Equal(new(1, "", None), await first.RunAsync("status"));
    }

    [Fact]
    public async Task The_run_file_is_private_to_the_user_and_deleted_at_the_end()
    {
        using var site = new ProxySite(("say.csx", Say.Script("one")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0", "--mgmt-token", "open sesame");
        var file = Assert.Single(RunFiles(site));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }
        var ready = await proxy.ReadyAsync();
        var told = JsonNode.Parse(File.ReadAllText(file))!;
        Assert.Equal(
            (ready.Management.Port, ready.Mcp!.Port, ready.Health!.Port), ((int)told["management_port"]!, (int)told["port"]!, (int)told["health_port"]!));
        // What the operator chose is not ours to leave lying about.
        Assert.DoesNotContain("open sesame", File.ReadAllText(file));

        proxy.Send(Signal.Interrupt);
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Empty(RunFiles(site));
    }

    [Fact]
    public async Task A_stale_run_file_is_deleted_and_not_used()
    {
        using var site = new ProxySite();
        // The process of the first is gone, the id of the second belongs to another process by now, and the third is no run file.
        var gone = site.Write("home/.mcp_proxy/run/2147483646.json", Stale(2147483646));
        var taken = site.Write($"home/.mcp_proxy/run/{Environment.ProcessId}.json", Stale(Environment.ProcessId));
        site.Write("home/.mcp_proxy/run/0.json", "{ half");
        Assert.Equal(new(1, "", None), await site.RunAsync("status"));
        Assert.False(File.Exists(gone) || File.Exists(taken));
    }

    [Fact]
    public async Task A_proxy_that_was_killed_is_no_longer_found()
    {
        using var site = new ProxySite(("say.csx", Say.Script("one")));
        await using (var killed = await ProxyProcess.StartReadyAsync(site, "serve"))
            Assert.Single(RunFiles(site));
        Assert.Single(RunFiles(site));
        Assert.Equal(new(1, "", None), await site.RunAsync("status"));
        Assert.Empty(RunFiles(site));
    }

    [Fact]
    public async Task A_random_token_is_found_by_the_command_line_itself()
    {
        using var site = new ProxySite(("say.csx", Say.Script("one")));
        site.Write("mcp.yaml", "management_token: auto\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml");
        Assert.Equal(new(401, """{"error":"unauthorized"}"""), await proxy.GetAsync("/proxy/status"));
        Assert.Equal(401, (await proxy.GetAsync("/proxy/status", ("Authorization", "Bearer auto"))).Status);

        Assert.Equal("say", await site.SayAsync("tools"));
        Assert.Equal("say", await site.SayAsync("tools", "--mgmt-port", $"{(await proxy.ReadyAsync()).Management.Port}"));
        Assert.Equal(new(1, "", "Error: unauthorized — provide --token or set MCP_MGMT_TOKEN"), await site.RunAsync("tools", "--token", "wrong"));
        var token = (string)JsonNode.Parse(File.ReadAllText(Assert.Single(RunFiles(site))))!["management_token"]!;
        Assert.True(token.Length >= 32);
        Assert.Equal(200, (await proxy.GetAsync("/proxy/status", ("Authorization", $"Bearer {token}"))).Status);
        Assert.DoesNotContain(token, proxy.Errors.Text);
    }

    [Fact]
    public async Task S1_A_token_from_the_environment_opens_every_route_and_its_placeholder_opens_none()
    {
        using var site = new ProxySite(("say.csx", Say.Script("one")));
        site.Write("mcp.yaml", "management_token: ${SECRET}\n");
        site.Environment["SECRET"] = "open sesame";
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml");
        foreach (var path in new[] { "/proxy/status", "/openapi/v1.json", "/proxy/events", "/nowhere" })
            foreach (var authorization in new[] { null, "Bearer ${SECRET}", "Bearer open sesam", "Bearer ", "open sesame", "Basic open sesame" })
                Assert.Equal((path, authorization, new HttpAnswer(401, """{"error":"unauthorized"}""")),
                    (path, authorization, await RequestAsync(proxy, path, authorization)));
        Assert.Equal(401, (await proxy.ChangeAsync("unload", "say")).Status);
        Assert.Equal((200, 200, 404), ((await RequestAsync(proxy, "/proxy/status", "Bearer open sesame")).Status,
            (await RequestAsync(proxy, "/openapi/v1.json", "bearer open sesame")).Status,
            (await RequestAsync(proxy, "/nowhere", "Bearer open sesame")).Status));

        Assert.Equal(new(1, "", "Error: unauthorized — provide --token or set MCP_MGMT_TOKEN"), await site.RunAsync("tools"));
        Assert.Equal(new(1, "", "Error: unauthorized — provide --token or set MCP_MGMT_TOKEN"), await site.RunAsync("events"));
        Assert.Equal("say", await site.SayAsync("tools", "--token", "open sesame"));
        Assert.Equal("say", await site.SayAsync("--mgmt-token", "open sesame", "tools"));
        site.Environment["MCP_MGMT_TOKEN"] = "open sesame";
        Assert.Equal("say", await site.SayAsync("tools"));
    }

    static Task<HttpAnswer> RequestAsync(ProxyProcess proxy, string path, string? authorization) =>
        authorization is null ? proxy.GetAsync(path) : proxy.GetAsync(path, ("Authorization", authorization));

    static string[] RunFiles(ProxySite site) => Directory.Exists(site["home/.mcp_proxy/run"]) ? Directory.GetFiles(site["home/.mcp_proxy/run"]) : [];

    static string Stale(int process)
    {
        var began = Process.GetCurrentProcess().StartTime.AddHours(-1).ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        return $$"""
            {"pid":{{process}},"process_started_at":"{{began}}","started_at":"{{began}}","management_port":1,"transport":"stdio","folder":"/","plugin_dirs":[]}
            """;
    }
}
