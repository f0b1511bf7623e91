using McpScript.Specs.Processes;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Authoring;

/// <summary>The scripts in <c>tools/examples</c>, run as they stand.</summary>
public sealed class LaunchScriptSpecs : IDisposable
{
    readonly ProxySite _site = new();

    /// <summary>The folder of the scripts.</summary>
    public LaunchScriptSpecs() => _site.Environment["PORT"] = "0";

    static string Script(string name) => Path.Combine(BuiltProgram.Checkout, "tools", "examples", name);

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    [SuiteTheory(SlowSuites.Tools)]
    [InlineData("run_proxy_http.sh", "echo echo_upper", "echo")]
    [InlineData("run_proxy_full.sh", "demo_full_demo_time echo echo_upper greet_greet", "echo")]
    public async Task The_proxy_is_served_over_HTTP(string script, string tools, string echo)
    {
        await using var proxy = ProxyProcess.Start(_site, Script(script), []);
        await proxy.ReadyAsync();
        var client = await proxy.ConnectAsync();
        Assert.Equal(tools, await client.ToolNamesAsync());
        Assert.Equal("echo: hi", await client.SayAsync(echo, ("message", "hi")));
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_factory_is_served_over_stdio()
    {
        await using var factory = ProxyProcess.Start(_site, Script("run_factory_echo.sh"), []);
        await factory.InitializeAsync();
        await factory.WriteLineAsync("""{"jsonrpc":"2.0","id":"echo","method":"tools/call","params":{"name":"echo","arguments":{"message":"hi"}}}""");
        Assert.Equal("echo: hi", await factory.AnswerAsync("echo"));
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_client_talks_to_a_proxy_and_to_a_factory()
    {
        var lines = _site.Write("lines", "echo hi\n");
        await using var proxy = ProxyProcess.Start(_site, Script("run_proxy_http.sh"), []);
        var port = (await proxy.ReadyAsync()).Mcp!.Port;
        await using var http = ProxyProcess.Start(_site, Script("connect_proxy_http.sh"), [$"{port}", "--script", lines]);
        Assert.Equal((0, true), (await http.ExitAsync(), http.Output.Text.Contains("echo: hi")));
        await using var stdio = ProxyProcess.Start(
            _site, Script("connect_factory_stdio.sh"), [Path.Combine(BuiltProgram.Checkout, "tools", "examples", "factory_echo.yaml"), "--script", lines]);
        Assert.Equal((0, true), (await stdio.ExitAsync(), stdio.Output.Text.Contains("echo: hi")));
    }
}
