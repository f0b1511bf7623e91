using System.Diagnostics;
using McpScript.Specs.Management;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Authoring;

/// <summary><c>mcp-proxy new</c>: plugins that work as soon as they are created.</summary>
public sealed class NewPluginSpecs : IDisposable
{
    readonly ProxySite _site = new(("say.csx", Say.Script("hello")));

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task A_new_plugin_is_served_by_a_watching_proxy_without_edits()
    {
        await using var proxy = await StdioClient.ConnectAsync(_site, Era.Sessions, "serve", "--watch");
        var changes = await ToolListRecorder.SubscribeAsync(proxy.Client);
        Assert.Equal("""
            Created plugins/weather/
              tools.csx         the logic, without MCP
              main.csx          the wiring: what is offered
              config.yaml       the settings
              weather.test.csx  tests of the logic
            Next: edit plugins/weather/tools.csx, try it with 'mcp-proxy test weather', serve it with 'mcp-proxy serve --watch'.
            """, await _site.SayAsync("new", "weather"));
        await changes.NextAsync();
        Assert.Equal("Hello from weather, World!", await proxy.Client.SayAsync("weather_hello"));
        Assert.Equal("1 + 2 = 3", await proxy.Client.SayAsync("weather_add", ("a", 1), ("b", 2)));

        await _site.SayAsync("new", "one.more", "--kind", "script");
        await changes.NextAsync();
        Assert.Equal("Hello from one.more, Ada!", await proxy.Client.SayAsync("one_more_hello", ("who", "Ada")));
    }

    [Fact]
    public async Task Its_tests_pass_and_a_check_finds_nothing()
    {
        await _site.SayAsync("new", "weather");
        await _site.SayAsync("new", "1-thing_", "--kind", "script");
        Assert.Equal("ok     weather/weather.test.csx\n1 test script, 2 assertions, 0 failed", await _site.SayAsync("test", "Weather"));
        Assert.Equal("3 plugins checked: 0 errors, 0 warnings", await _site.SayAsync("check", "--strict"));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("../x")]
    [InlineData("/etc/x")]
    [InlineData("-x")]
    [InlineData(".x")]
    [InlineData("a b")]
    [InlineData("$(date)")]
    [InlineData("")]
    public async Task S11_An_invalid_name_writes_nothing(string name)
    {
        var ran = await _site.RunAsync("new", "--", name);
        Assert.Equal((1, ""), (ran.Code, ran.Output));
        Assert.StartsWith($"Error: '{name}' is not a plugin name. ", ran.Errors);
        Assert.Equal([_site["plugins/say.csx"]], Directory.GetFileSystemEntries(_site.Plugins));
    }

    [Theory]
    [InlineData("say", "folder", "plugins/say.csx")]
    [InlineData("SAY", "script", "plugins/say.csx")]
    [InlineData("other", "folder", "plugins/Other")]
    public async Task An_existing_plugin_in_any_form_and_case_is_not_overwritten(string name, string kind, string there)
    {
        _site.Write("plugins/Other/notes.txt", "precious");
        Assert.Equal(new(1, "", $"Error: {_site[there]} already exists, and nothing is overwritten. Choose another name, or remove it first."),
            await _site.RunAsync("new", name, "--kind", kind));
        Assert.Equal([_site["plugins/Other"], _site["plugins/say.csx"]], Directory.GetFileSystemEntries(_site.Plugins).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_of_a_test_and_an_invalid_folder_are_reported()
    {
        Assert.StartsWith(
            "Error: 'x.test' is not a valid name: 'x.test.csx' would count as a test.", (await _site.RunAsync("new", "x.test", "--kind", "script")).Errors);
        var ran = await _site.RunAsync("new", "x", "--dir", "plugins/say.csx");
        Assert.Equal((1, true), (ran.Code, ran.Errors.EndsWith("Nothing was changed.", StringComparison.Ordinal)));
        Assert.Equal(2, (await _site.RunAsync("new", "x", "--kind", "castle")).Code);
    }

    [Fact]
    public async Task The_shell_script_of_the_original_creates_a_plugin_and_prints_its_usage()
    {
        var script = Path.Combine(BuiltProgram.Checkout, "tools", "new-plugin.sh");
        Assert.StartsWith("Created mine/weather/\n", (await ShellAsync(script, "weather", "mine")).Output);
        Assert.True(File.Exists(_site["mine/weather/main.csx"]));
        Assert.Equal(new(1, "", $"Usage: {script} NAME [DIR]"), await ShellAsync(script));
        Assert.Equal((1, false), ((await ShellAsync(script, "my;svc")).Code, Directory.Exists(_site["plugins/my;svc"])));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_new_package_builds_into_the_plugin_folder_and_is_served()
    {
        Assert.StartsWith("Created my-svc.x/\n", await _site.SayAsync("new", "my-svc.x", "--kind", "package"));
        // With the packages of the user that runs this, which are there; the site's home is empty.
        using var build = Process.Start(new ProcessStartInfo(
            "dotnet", ["build", _site["my-svc.x"], "-o", _site["plugins/my-svc.x"], "-v", "q", "-nodeReuse:false"])
        { RedirectStandardOutput = true })!;
        var said = await build.StandardOutput.ReadToEndAsync().WaitAsync(3 * TestHost.Patience);
        await build.WaitForExitAsync().WaitAsync(TestHost.Patience);
        Assert.True(build.ExitCode == 0, said);
        await using var proxy = await StdioClient.ConnectAsync(_site, null, "serve", "-a", "my-svc.x");
        Assert.Equal("1 + 2 = 3", await proxy.Client.SayAsync("add_numbers", ("a", 1), ("b", 2)));
        Assert.Equal("Add two numbers.", await proxy.Client.DescriptionAsync("add_numbers"));
    }

    async Task<RunResult> ShellAsync(string script, params string[] arguments)
    {
        await using var shell = ProxyProcess.Start(_site, "bash", [script, .. arguments]);
        var code = await shell.ExitAsync();
        return new(code, shell.Output.Text, shell.Errors.Text);
    }
}
