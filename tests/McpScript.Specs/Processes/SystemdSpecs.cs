using System.Net.Sockets;
using System.Text;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

/// <summary>The real program as a service of Type=notify, with the test in systemd's place.</summary>
[Trait("Fault", "Operators")]
public sealed class SystemdSpecs : IDisposable
{
    readonly ProxySite _site = new(("say.csx", Say.Script("hello")));
    readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public SystemdSpecs()
    {
        if (!OperatingSystem.IsLinux())
            return;
        _systemd.Bind(new UnixDomainSocketEndPoint(_site["notify"]));
        _site.Environment["NOTIFY_SOCKET"] = _site["notify"];
    }

    public void Dispose()
    {
        _systemd.Dispose();
        _site.Dispose();
    }

    [Fact]
    public async Task Systemd_is_notified_of_readiness_plugin_changes_reload_and_stop()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's.");
        await using var proxy = ProxyProcess.Start(_site, "setsid", [BuiltProgram.Path, "serve", "--watch", "--http", "0"]);

        Assert.Equal("READY=1\nSTATUS=1 plugin(s), 1 tools", await NextAsync());
        // Readiness is not reported too early: MCP is open by then.
        Assert.Equal("hello", await CallAsync(proxy));
        _site.Save("more.csx", """mcp.Tool("more", "More.", () => 1);""");
        Assert.Equal("STATUS=2 plugin(s), 2 tools", await NextAsync());
        _site.Save("more.csx", "not C#");
        Assert.Equal("STATUS=2 plugin(s), 2 tools, 1 with problems", await NextAsync());

        proxy.Send(Signal.HangUp);
        Assert.Matches(@"^RELOADING=1\nMONOTONIC_USEC=\d+$", await NextAsync());
        Assert.Equal("READY=1\nSTATUS=2 plugin(s), 2 tools, 1 with problems", await NextAsync());

        proxy.Send(Signal.Terminate);
        Assert.StartsWith("STOPPING=1", await NextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Fact]
    public async Task The_watchdog_is_notified_also_before_the_server_is_ready()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's.");
        _site.Environment["WATCHDOG_USEC"] = "400000";
        await using var proxy = ProxyProcess.Start(_site, BuiltProgram.Path, ["serve", "--http", "0"]);

        Assert.Equal("WATCHDOG=1", await NextAsync());
        await UntilAsync("READY=1\nSTATUS=1 plugin(s), 1 tools");
        await UntilAsync("WATCHDOG=1");
        await UntilAsync("WATCHDOG=1");
    }

    [Fact]
    public async Task A_missing_socket_is_only_a_warning()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's.");
        _site.Environment["NOTIFY_SOCKET"] = _site["nothing"];
        await using var proxy = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0");

        await proxy.Errors.WaitForAsync("systemd cannot be notified");
        Assert.Equal("hello", await CallAsync(proxy));
    }

    [Fact]
    public async Task Commands_find_a_service_by_its_runtime_folder_though_its_home_is_another()
    {
        _site.Environment["RUNTIME_DIRECTORY"] = Directory.CreateDirectory(_site["run"]).FullName;
        await using var proxy = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0", "--mgmt-token", "auto");
        using var operators = new ProxySite();
        operators.Environment["RUNTIME_DIRECTORY"] = _site["run"];

        Assert.Equal("Plugins: 1, Tools: 1\n  say: say", await operators.SayAsync("status"));
        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Empty(Directory.GetFiles(_site["run"]));
    }

    static async Task<string> CallAsync(ProxyProcess proxy)
    {
        var result = await (await proxy.ConnectAsync()).CallToolAsync("say").AsTask().WaitAsync(TestHost.Patience);
        return ((ModelContextProtocol.Protocol.TextContentBlock)result.Content[0]).Text;
    }

    async Task<string> NextAsync()
    {
        var bytes = new byte[4096];
        var read = await _systemd.ReceiveAsync(bytes).WaitAsync(TestHost.Patience);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    async Task UntilAsync(string state)
    {
        while (await NextAsync() != state)
        {
            // Signs of life and status lines in between.
        }
    }
}
