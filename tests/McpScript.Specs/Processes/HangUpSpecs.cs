using McpScript.Specs.Management;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class HangUpSpecs
{
    [Fact]
    [Trait("Fault", "B-F17")]
    public async Task Without_a_terminal_SIGHUP_reloads_the_configuration_also_without_watching()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")), ("more.csx", """mcp.Tool("more", "More.", () => 1);"""));
        site.Write("mcp.yaml", "autoload: [say]\n");
        await using var proxy = await StartDetachedAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");

        site.Write("mcp.yaml", "autoload: [say, more]\nlog_level: DEBUG\n");
        proxy.Send(Signal.HangUp);

        await proxy.Errors.WaitForAsync("Received SIGHUP, reading the configuration again.");
        await proxy.Errors.WaitForAsync("Plugin 'more' loaded");
        Assert.Equal("""{"plugins":["say","more"]}""", (await proxy.GetAsync("/proxy/plugins")).Text);
        proxy.Send(Signal.HangUp);
        await proxy.Errors.WaitForAsync("Configuration: nothing has changed");

        site.Write("mcp.yaml", "port: many\n");
        proxy.Send(Signal.HangUp);
        await proxy.Errors.WaitForAsync("The last good configuration stays in force.");
        Assert.Equal(200, (await proxy.GetAsync("/proxy/status")).Status);

        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Fact]
    [Trait("Fault", "B-F17")]
    public async Task Under_nohup_SIGHUP_stays_ignored()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, "nohup", [BuiltProgram.Path, "serve", "--http", "0"]);
        await proxy.ReadyAsync();

        proxy.Send(Signal.HangUp);
        Assert.Equal(200, (await proxy.GetAsync("/proxy/status")).Status);
        proxy.Send(Signal.Terminate);

        Assert.Equal(0, await proxy.ExitAsync());
        Assert.DoesNotContain("SIGHUP", proxy.Errors.Text);
    }

    [Fact]
    [Trait("Fault", "B-F17")]
    public async Task A_closed_terminal_shuts_the_server_down_properly()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "'script' (util-linux) is needed for a terminal");
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var terminal = ProxyProcess.Start(site, "script", ["-qec", $"exec {BuiltProgram.Path} serve --http 0 2> errors.log", "/dev/null"]);
        await TestHost.UntilAsync(() => Read(site).Contains("Proxy ready"), "it was ready");

        terminal.Send(Signal.Kill);

        await TestHost.UntilAsync(() => Read(site).Contains("Received SIGHUP, shutting down"), "it knew that the terminal has gone");
        await TestHost.UntilAsync(() => Directory.GetFiles(site["home/.mcp_proxy/run"]).Length == 0, "its run file was gone");
    }

    static string Read(ProxySite site)
    {
        if (!File.Exists(site["errors.log"]))
            return "";
        using var reader = new StreamReader(File.Open(site["errors.log"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    // In a session of its own, which has no terminal, even if the specs run in one.
    static async Task<ProxyProcess> StartDetachedAsync(ProxySite site, params string[] arguments)
    {
        var proxy = ProxyProcess.Start(site, "setsid", [BuiltProgram.Path, .. arguments]);
        await proxy.ReadyAsync();
        return proxy;
    }
}
