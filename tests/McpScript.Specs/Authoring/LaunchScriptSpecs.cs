using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>The scripts in <c>tools/examples</c>, run as they stand.</summary>
public sealed class LaunchScriptSpecs : IDisposable
{
    readonly ProxySite _site = new();

    /// <summary>Where the scripts are.</summary>
    public LaunchScriptSpecs() => _site.Environment["PORT"] = "0";

    static string Script(string name) => Path.Combine(BuiltProgram.Checkout, "tools", "examples", name);

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    [Theory]
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
}
