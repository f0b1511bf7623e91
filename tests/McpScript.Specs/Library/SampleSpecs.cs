using System.Text.RegularExpressions;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Library;

/// <summary>The samples of docs/library.md, as programs, with real clients.</summary>
public class SampleSpecs
{
    [SuiteTheory(SlowSuites.Tools)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_standalone_server_serves_its_own_beside_the_plugins_of_the_folder(string era)
    {
        using var site = new ProxySite(("echo.csx", """mcp.Tool("echo", "Echoes.", (string text) => text);"""));
        await using var program = await StdioClient.ConnectToAsync(BuiltProgram.Of("Standalone"), site, era);
        Assert.Equal(["echo", "hello"], (await program.Client.ListToolsAsync()).Select(tool => tool.Name));
        Assert.Equal("Hello, Ada!", await CallAsync(program.Client, "hello", ("name", "Ada")));
        Assert.Equal("hi", await CallAsync(program.Client, "echo", ("text", "hi")));
        Assert.Equal("clock://now", Assert.Single(await program.Client.ListResourcesAsync()).Uri);
        Assert.Equal("summarize", Assert.Single(await program.Client.ListPromptsAsync()).Name);
        await program.Errors.WaitForAsync("Server ready: 1 plugin(s), 2 tools; stdio");
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_standalone_server_takes_http_from_the_environment_and_drains_at_a_signal()
    {
        using var site = new ProxySite();
        (site.Environment["MCP_TRANSPORT"], site.Environment["MCP_PORT"]) = ("http", "0");
        await using var program = ProxyProcess.Start(site, BuiltProgram.Of("Standalone"), []);
        var ready = await program.Errors.WaitForAsync("Server ready: 0 plugin(s), 1 tools; http");
        Assert.DoesNotContain("management", ready);
        await using (var client = await ConnectAsync(Regex.Match(ready, @"http://[^\s,]+/mcp").Value))
            Assert.Equal("Hello, Ada!", await CallAsync(client, "hello", ("name", "Ada")));
        program.Send(Signal.Terminate);
        Assert.Equal(0, await program.ExitAsync());
        Assert.Equal("", program.Output.Text);
        Assert.DoesNotContain("There is no plugin folder", program.Errors.Text);
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_ASPNET_sample_serves_tools_pages_and_health_on_one_port()
    {
        using var site = new ProxySite(("echo.csx", """mcp.Tool("echo", "Echoes.", (string text) => text);"""));
        site.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        await using var program = ProxyProcess.Start(site, BuiltProgram.Of("InAspNet"), []);
        var url = Regex.Match(await program.Output.WaitForAsync("Now listening on: "), "http://.*").Value;
        await using (var client = await ConnectAsync($"{url}/mcp"))
        {
            Assert.Equal(["echo", "hello"], (await client.ListToolsAsync()).Select(tool => tool.Name));
            Assert.Equal("Hello, Ada!", await CallAsync(client, "hello", ("name", "Ada")));
        }
        using var http = new HttpClient();
        Assert.Equal("Hello, browser!", await http.GetStringAsync(url));
        Assert.Equal("""{"ready":true}""", await http.GetStringAsync($"{url}/health/ready"));
        await program.Output.WaitForAsync("Greeting Ada.");
        program.Send(Signal.Terminate);
        Assert.Equal(0, await program.ExitAsync());
    }

    [SuiteTheory(SlowSuites.Tools)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_generic_host_sample_serves_over_stdio_and_ends_with_its_client(string era)
    {
        using var site = new ProxySite();
        await using var program = await StdioClient.ConnectToAsync(BuiltProgram.Of("InGenericHost"), site, era);
        Assert.Equal("1", await CallAsync(program.Client, "visit"));
        Assert.Equal("2", await CallAsync(program.Client, "visit"));
        await program.Client.DisposeAsync();
        await program.Errors.WaitForAsync("Application is shutting down");
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_sample_without_a_port_loads_calls_and_logs()
    {
        using var site = new ProxySite(
            ("tick.csx", """mcp.Tool("tick", "Ticks.", () => "tock");"""),
            ("idle.csx", """mcp.Tool("idle", "Is not needed.", () => "no");"""));
        await using var program = ProxyProcess.Start(site, BuiltProgram.Of("OnlyPlugins"), ["tick", "nowhere"]);
        Assert.Equal(0, await program.ExitAsync());
        // The console logger's lines stand between, with the same failure.
        Assert.Equal(["tick: tick", "Plugin 'nowhere' not found", "tick says: tock"],
            program.Output.Lines.Where(line => !line.StartsWith("fail: ") && !line.StartsWith(' ')));
        Assert.Matches(@"^\[.*\] OK tick \{\}", File.ReadAllText(site["calls.log"]));
    }

    static Task<McpClient> ConnectAsync(string url) =>
        McpClient.CreateAsync(new HttpClientTransport(new() { Endpoint = new(url), TransportMode = HttpTransportMode.StreamableHttp }))
            .WaitAsync(TestHost.Patience);

    static async Task<string> CallAsync(McpClient client, string tool, params (string Name, string Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value)).AsTask()
            .WaitAsync(TestHost.Patience);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }
}
