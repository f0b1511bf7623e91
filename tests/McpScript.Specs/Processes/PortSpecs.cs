using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class PortSpecs(DemoProxy demo) : IClassFixture<DemoProxy>
{
    static readonly HttpClient Http = new();

    [Fact]
    public async Task Http_0_takes_free_ports_and_prints_them_in_one_line()
    {
        var ready = await demo.Process.ReadyAsync();
        Assert.Equal("/mcp", ready.Mcp!.AbsolutePath);
        Assert.Equal("/health", ready.Health!.AbsolutePath);
        Assert.Equal(3, new[] { ready.Mcp.Port, ready.Management.Port, ready.Health.Port }.Distinct().Count());
    }

    [Fact]
    public async Task Health_answers_every_caller()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, (await demo.Process.ReadyAsync()).Health) { Headers = { Host = "probe.example" } };
        var answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Status_lists_every_plugin()
    {
        var status = await (await demo.Process.GetManagementAsync("/proxy/status")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((3, 4, 3),
            (status.GetProperty("total_plugins").GetInt32(), status.GetProperty("total_tools").GetInt32(), status.GetProperty("live_generations").GetInt32()));
        var echo = status.GetProperty("plugins").GetProperty("echo");
        Assert.Equal("live", echo.GetProperty("state").GetString());
        Assert.Equal(["echo", "echo_upper"], echo.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()));
    }

    [Fact]
    public async Task Status_is_refused_to_foreign_hosts_and_pages()
    {
        Assert.Equal(
            HttpStatusCode.Forbidden, (await demo.Process.GetManagementAsync("/proxy/status", headers: headers => headers.Host = "evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await demo.Process.GetManagementAsync("/proxy/status", headers: headers => headers.Add("Origin", "http://evil.example"))).StatusCode);
        // A page of another program on this machine is foreign too.
        Assert.Equal(HttpStatusCode.Forbidden,
            (await demo.Process.GetManagementAsync("/proxy/status", headers: headers => headers.Add("Origin", "http://localhost:6274"))).StatusCode);
    }

    [Fact]
    public async Task Mcp_is_refused_to_foreign_hosts()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, (await demo.Process.ReadyAsync()).Mcp) { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task With_a_token_management_requires_the_token()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--mgmt-token", "open sesame");
        Assert.Equal(HttpStatusCode.Unauthorized, (await proxy.GetManagementAsync("/proxy/status")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await proxy.GetManagementAsync("/proxy/status", "open sesam")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await proxy.GetManagementAsync("/proxy/status", "open sesame")).StatusCode);
        Assert.DoesNotContain("open sesame", proxy.Errors.Text);
    }

    [Theory]
    [InlineData("management", "--mgmt-port", "--http", "0", "--mgmt-port", "BUSY")]
    [InlineData("management", "--mgmt-port", "--mgmt-port", "BUSY")]
    [InlineData("MCP", "--http", "--http", "BUSY", "--mgmt-port", "0", "--health-port", "0")]
    [InlineData("health", "--health-port", "--http", "0", "--health-port", "BUSY")]
    public async Task A_busy_port_is_an_error_that_names_the_process_and_the_fix(string name, string cure, params string[] arguments)
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, [.. arguments.Select(argument => argument == "BUSY" ? $"{port}" : argument)]);
        Assert.Equal(1, await proxy.ExitAsync());
        Assert.Contains($"The {name} port {port} is in use. ", proxy.Errors.Text);
        if (OperatingSystem.IsLinux())
            Assert.Contains($"Process {Environment.ProcessId} (", proxy.Errors.Text);
        Assert.Contains($"Choose another with {cure}", proxy.Errors.Text);
        Assert.Empty(proxy.Output.Lines);
    }

    [Fact]
    public async Task Over_stdio_management_takes_a_free_port_so_that_each_client_can_start_a_server()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var one = ProxyProcess.Start(site, "serve");
        await using var two = ProxyProcess.Start(site, "serve");
        var ports = new[] { await one.ReadyAsync(), await two.ReadyAsync() }.Select(ready => ready.Management.Port).ToArray();
        Assert.Equal(2, ports.Distinct().Count());
        Assert.DoesNotContain(12299, ports);
    }
}
