using System.Text.RegularExpressions;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Factory;

/// <summary>mcp-factory as a program: a list of plugins, loaded once.</summary>
public class FactorySpecs
{
    static readonly (string, string)[] SamplePlugins =
    [
        ("echo.csx", """
            mcp.Tool("echo", "Echoes.", (string message) => $"echo: {message}");
            mcp.Tool("echo_upper", "Echoes loudly.", (string message) => $"ECHO: {message.ToUpperInvariant()}");
            """),
        ("greet.csx", """mcp.Tool("greet", "Greets.", (string name) => $"Hello, {name}!");"""),
        ("broken.csx", "mcp.Tool(nonsense);"),
    ];

    static string Program => BuiltProgram.Of("McpScript.Factory", "mcp-factory");

    [SuiteTheory(SlowSuites.Tools)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_factory_serves_the_named_plugins_and_lists_them_over_stdio(string era)
    {
        using var site = new ProxySite(SamplePlugins);
        await using var factory = await StdioClient.ConnectToAsync(Program, site, era, "-p", "echo", "greet");
        Assert.Equal("MCP Factory", factory.Client.ServerInfo?.Name);
        Assert.Equal(
            ["echo", "echo_upper", "factory__list", "factory__log", "factory__status", "factory__transcript", "greet"], await ToolsAsync(factory.Client));
        Assert.Equal("echo: hi", await CallAsync(factory.Client, "echo", ("message", "hi")));
        Assert.Matches($"""
            ^MCP Factory v\d+\.\d+\.\d+
            Server:    MCP Factory
            Transport: stdio
            Plugins:   2 loaded
            Tools:     3 registered
            Log:       OFF
            Transcript: OFF$
            """, await CallAsync(factory.Client, "factory__status"));
        Assert.Equal($"""
            Loaded plugins:

              echo                   2 tools
                [echo, echo_upper]
              greet                  1 tools
                [greet]
              {new string('─', 40)}
              Total: 3 tools, 2 plugins
            """, await CallAsync(factory.Client, "factory__list"));
        Assert.Matches("Factory ready: 2 plugin\\(s\\), 7 tools; stdio$", await factory.Errors.WaitForAsync("Factory ready"));
        Assert.False(Directory.Exists(site["home/.mcp_factory"]));
        Assert.False(Directory.Exists(site["home/.mcp_proxy/logs"]));
        Assert.False(Directory.Exists(site["home/.mcp_proxy/run"]));
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task A_client_turns_the_log_and_the_transcript_on_and_off()
    {
        using var site = new ProxySite(SamplePlugins);
        await using var factory = await StdioClient.ConnectToAsync(Program, site, null, "--plugins", "echo");
        Task<string> Ask(string tool, params (string, string)[] arguments) => CallAsync(factory.Client, tool, arguments);
        var log = site["home/.mcp_factory/factory.log"];

        Assert.Equal("Log OFF", await Ask("factory__log"));
        Assert.Equal("Transcript OFF", await Ask("factory__transcript"));
        Assert.Equal("Transcript OFF (saved: (no active transcript))", await Ask("factory__transcript", ("mode", "off")));
        await Ask("echo", ("message", "before"));

        Assert.Equal($"Log ON → {log}", await Ask("factory__log", ("mode", "on")));
        Assert.Equal($"Log ON → {log}", await Ask("factory__log", ("mode", "status")));
        var transcript = Regex.Match(await Ask("factory__transcript", ("mode", "on")), "^Transcript ON → (.*)$").Groups[1].Value;
        Assert.Matches($"^{Regex.Escape(site["home/.mcp_factory/transcripts/"])}[0-9]{{4}}(-[0-9]{{2}}){{5}}\\.md$", transcript);
        Assert.Equal($"Transcript already active: {transcript}", await Ask("factory__transcript", ("mode", "on")));
        Assert.Contains("Log:       ON\nTranscript: ON", await Ask("factory__status"));
        await Ask("echo", ("message", "between"));

        Assert.Equal($"Transcript OFF (saved: {transcript})", await Ask("factory__transcript", ("mode", "off")));
        Assert.Equal("Log OFF", await Ask("factory__log", ("mode", "off")));
        await Ask("echo", ("message", "after"));
        foreach (var written in new[] { File.ReadAllText(log), File.ReadAllText(transcript) })
        {
            Assert.Contains("between", written);
            Assert.DoesNotContain("before", written);
            Assert.DoesNotContain("after", written);
        }
        Assert.Contains("**Ended:**", File.ReadAllText(transcript));
    }

    [SuiteTheory(SlowSuites.Tools)]
    [InlineData("plugins_load: [greet]\nplugins: { echo: {} }", "greet")]
    [InlineData("plugins: { greet: {}, echo: { enabled: false } }", "greet")]
    [InlineData("plugins: { echo: { prefix: e } }", "e_echo", "e_echo_upper")]
    public async Task The_configuration_selects_the_plugins(string yaml, params string[] tools)
    {
        using var site = new ProxySite(SamplePlugins);
        await using var factory = await StdioClient.ConnectToAsync(Program, site, null, "--config", site.Write("factory.yaml", yaml));
        Assert.Equal(tools, (await ToolsAsync(factory.Client)).Where(name => !name.StartsWith("factory__")));
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_factory_over_HTTP_has_health_and_no_management()
    {
        using var site = new ProxySite(SamplePlugins);
        await using var factory = ProxyProcess.Start(site, Program, ["--http", "0", "-p", "echo", "broken"]);
        var ready = await factory.Errors.WaitForAsync("Factory ready: 1 plugin(s), 6 tools; http");
        Assert.DoesNotContain("management", ready);
        using var http = new HttpClient();
        var health = Regex.Match(ready, @"http://\S+/health").Value;
        Assert.Contains("\"ok\"", await http.GetStringAsync(health));
        Assert.Contains("Plugin 'broken' should be loaded and is not", await (await http.GetAsync($"{health}/ready")).Content.ReadAsStringAsync());
        await using (var client = await McpClient.CreateAsync(
            new HttpClientTransport(new()
            {
                Endpoint = new(Regex.Match(ready, @"http://[^\s,]+/mcp").Value),
                TransportMode = HttpTransportMode.StreamableHttp
            })).WaitAsync(TestHost.Patience))
            Assert.Matches("Transport: http\nPort:      [0-9]+\nHealth:    [0-9]+\nPlugins:   1 loaded", await CallAsync(client, "factory__status"));
        factory.Send(Signal.Terminate);
        Assert.Equal(0, await factory.ExitAsync());
        Assert.Equal("", factory.Output.Text);
    }

    [SuiteTheory(SlowSuites.Tools)]
    [InlineData(1, "Error: No plugins specified (use --plugins or config)")]
    [InlineData(1, "Not started: no plugin could be loaded. Fix one of them.", "-p", "broken", "nowhere")]
    [InlineData(1, "Plugin 'nowhere' not found", "-p", "broken", "nowhere")]
    [InlineData(1, "Plugin 'broken' failed to compile: ", "-p", "broken", "nowhere")]
    [InlineData(1, "Plugin 'broken' failed to compile: ", "-p", "echo", "broken", "--strict")]
    [InlineData(1, "Not started: --strict requires every desired plugin to load.", "-p", "echo", "broken", "--strict")]
    [InlineData(2, "--plugins", "-p", "../echo")]
    [InlineData(2, "missing.yaml", "-p", "echo", "-c", "missing.yaml")]
    [InlineData(2, "nowhere", "-p", "echo", "-d", "nowhere")]
    [InlineData(2, "--http takes a port from 0 to 65535, not 70000.", "--http", "70000")]
    [InlineData(2, "'mcp-factory --help' lists the options.", "--watch")]
    public async Task A_start_failure_is_reported_on_stderr(int code, string told, params string[] arguments)
    {
        using var site = new ProxySite(SamplePlugins);
        await using var factory = ProxyProcess.Start(site, Program, arguments);
        Assert.Equal((code, ""), (await factory.ExitAsync(), factory.Output.Text));
        Assert.Contains(told, factory.Errors.Text);
    }

    static async Task<IEnumerable<string>> ToolsAsync(McpClient client) =>
        (await client.ListToolsAsync().AsTask().WaitAsync(TestHost.Patience)).Select(tool => tool.Name);

    static async Task<string> CallAsync(McpClient client, string tool, params (string Name, string Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value)).AsTask()
            .WaitAsync(TestHost.Patience);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }
}
