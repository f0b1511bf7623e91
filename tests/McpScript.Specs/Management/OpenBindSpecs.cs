using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>Decisions at start that the original leaves open, or makes against the configuration.</summary>
public class OpenBindSpecs
{
    [Fact]
    public async Task S2_HTTP_serves_only_this_machine_unless_configured_and_then_no_client_can_load_code()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using (var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0"))
        {
            Assert.Equal((false, false, false), await ReachableAsync(proxy));
            Assert.DoesNotContain("MCP is open without authentication", proxy.Errors.Text);
            Assert.Contains("proxy__load", await NamesAsync(proxy));
        }

        site.Write("mcp.yaml", "host: 0.0.0.0\noauth_enabled: false\n");
        await using (var open = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0"))
        {
            // MCP and health follow 'host'; management never does.
            Assert.Equal((true, true, false), await ReachableAsync(open));
            Assert.Contains("MCP is open without authentication: every client that can reach 0.0.0.0 can call every tool", open.Errors.Text);
            Assert.Equal("proxy__list proxy__status proxy__tools say", await NamesAsync(open));
        }

        site.Write("mcp.yaml", "host: 0.0.0.0\noauth_enabled: false\nallow_anonymous: true\nmanagement_tools: all\n");
        await using var meant = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        Assert.DoesNotContain("MCP is open without authentication", meant.Errors.Text);
        Assert.Contains("proxy__load", await NamesAsync(meant));
    }

    [Fact]
    public async Task S2_Without_OAuth_other_machines_are_admitted_only_if_the_configuration_allows_it()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        const string cure = "Set both URLs; or bind to 127.0.0.1; or, if every client that can reach it may use it, set 'oauth_enabled: false'";
        foreach (var yaml in new[] { "host: 0.0.0.0\n", "host: 0.0.0.0\noauth_enabled: true\nallow_anonymous: true\n" })
        {
            site.Write("mcp.yaml", yaml);
            var refused = await site.RunAsync("serve", "-c", "mcp.yaml", "--http", "0");
            Assert.Equal((2, ""), (refused.Code, refused.Output));
            Assert.Contains("'host' is 0.0.0.0, so others can reach this server, and nothing would keep them from calling every tool", refused.Errors);
            Assert.Contains(cure, refused.Errors);
        }

        site.Write("mcp.yaml", "host: 127.0.0.1\noauth_server_url: https://login.example\n");
        var half = await site.RunAsync("serve", "-c", "mcp.yaml", "--http", "0");
        Assert.Equal(2, half.Code);
        Assert.Contains("'oauth_server_url' is set and 'oauth_public_url' is not, so tokens could not be checked.", half.Errors);

        // On this machine alone it is worth a line; with allow_anonymous or oauth_enabled: false, none.
        const string told = "INFO: Every program on this machine can use this server without a token; nothing else can reach it.";
        foreach (var (yaml, lines) in new[] { ("{}", 1), ("oauth_enabled: false\n", 0), ("allow_anonymous: true\n", 0) })
        {
            site.Write("mcp.yaml", yaml);
            await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
            Assert.Equal((yaml, lines), (yaml, proxy.Errors.Lines.Count(line => line.Contains(told))));
        }
        // Only the parent process reaches a server over stdio, so OAuth is not checked there.
        site.Write("mcp.yaml", "host: 0.0.0.0\noauth_server_url: https://login.example\n");
        await using var stdio = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml");
        Assert.DoesNotContain("OAuth", stdio.Errors.Text);
    }

    [Fact]
    public async Task S2_Behind_a_public_address_the_tools_that_load_code_need_their_own_scope()
    {
        const string oauth = "oauth_server_url: https://login.example\noauth_public_url: https://mcp.example/mcp\n";
        foreach (var (yaml, mayLoad) in new[] { (oauth, false), (oauth + "oauth_management_scope: mcp:manage\n", true),
            (oauth + "management_tools: all\n", true) })
        {
            await using var host = await TestHost.StartAsync(
                new TestSetup { Watch = false, ConfigYaml = "transport: http\n" + yaml }, ("say.csx", Say.Script("hello")));
            Assert.Equal((yaml, mayLoad), (yaml, (await (await host.Client).ListToolsAsync()).Any(tool => tool.Name == "proxy__load")));
        }
    }

    [Fact]
    public async Task R5_The_command_line_overrides_the_configuration()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        // Any of these ports would be refused as busy, the health port as one that follows from it.
        site.Write("mcp.yaml", $"management_port: {((IPEndPoint)busy.LocalEndpoint).Port}\nport: {((IPEndPoint)busy.LocalEndpoint).Port}\ntransport: "
            + "http\nmanagement_token: of the file\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "--mgmt-port", "0", "--http", "0", "--mgmt-token", "said", "serve", "-c", "mcp.yaml");
        Assert.Equal((401, 200), ((await proxy.GetAsync("/proxy/status", ("Authorization", "Bearer of the file"))).Status,
            (await proxy.GetAsync("/proxy/status", ("Authorization", "Bearer said"))).Status));
        Assert.Equal(200, (await proxy.HealthAsync("/health")).Status);
    }

    [Fact]
    public async Task R4_A_second_proxy_on_the_management_port_of_the_file_is_refused_though_a_token_guards_the_first()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var first = await ProxyProcess.StartReadyAsync(site, "serve", "--mgmt-token", "secret");
        var port = (await first.ReadyAsync()).Management.Port;
        site.Write("mcp.yaml", $"management_port: {port}\n");
        var second = await site.RunAsync("serve", "-c", "mcp.yaml");
        Assert.Equal((1, ""), (second.Code, second.Output));
        Assert.Contains($"The management port {port} is in use. Process ", second.Errors);
        Assert.Equal(200, (await first.GetAsync("/proxy/status", ("Authorization", "Bearer secret"))).Status);
    }

    [Fact]
    public async Task R6_With_log_format_json_every_line_is_JSON()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello") + """Console.WriteLine("printed");"""));
        site.Write("mcp.yaml", "log_format: json\nlog_level: debug\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        var client = await proxy.ConnectAsync();
        await client.SayAsync("say");
        await proxy.ChangeAsync("load", "nope");
        await proxy.GetAsync("/nowhere");
        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.All(proxy.Errors.Lines, line =>
        {
            var parsed = System.Text.Json.Nodes.JsonNode.Parse(line)!.AsObject();
            Assert.Equal("ts level logger msg", string.Join(' ', parsed.Select(member => member.Key).Take(4)));
        });
        Assert.Contains("printed", proxy.Errors.Text);
        Assert.Empty(proxy.Output.Lines);
    }

    static async Task<string> NamesAsync(ProxyProcess proxy) =>
        string.Join(' ', (await (await proxy.ConnectAsync()).ListToolsAsync().AsTask().WaitAsync(TestHost.Patience)).Select(tool => tool.Name));

    static async Task<(bool Mcp, bool Health, bool Management)> ReachableAsync(ProxyProcess proxy)
    {
        var address = NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Assert.SkipWhen(address is null, "This machine has no address but loopback.");
        var ready = await proxy.ReadyAsync();
        return (await ConnectsAsync(address, ready.Mcp!.Port), await ConnectsAsync(address, ready.Health!.Port),
            await ConnectsAsync(address, ready.Management.Port));
    }

    static async Task<bool> ConnectsAsync(IPAddress address, int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address, port).WaitAsync(TestHost.Patience);
            return true;
        }
        catch (SocketException)
        {
            // No process listens there, which is the answer.
            return false;
        }
    }
}
