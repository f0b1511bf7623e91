using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class StartSpecs
{
    const string Broken = """
        mcp.Tool("fine", "Is fine.", () => "fine");
        mcp.Tool("broken", "Is not.", () => missing + 1);
        """;

    [Fact]
    public async Task A_config_that_does_not_exist_is_an_error()
    {
        using var site = new ProxySite();
        var (code, said) = await RunAsync(site, "serve", "--config", "nowhere.yaml");
        Assert.Equal(2, code);
        Assert.Contains($"{site["nowhere.yaml"]}: the file does not exist", said);
    }

    [Fact]
    public async Task All_problems_of_a_config_are_reported_together_with_location_and_nearest_key()
    {
        using var site = new ProxySite();
        var config = site.Write("mcp.yaml", "log_level: info\nplugin_dir: [plugins]\nport: many\n");
        var (code, said) = await RunAsync(site, "serve", "-c", "mcp.yaml");
        Assert.Equal(2, code);
        Assert.Contains($"{config}(2,1): ", said);
        Assert.Contains("'plugin_dirs'", said);
        Assert.Contains($"{config}(3,7): ", said);
    }

    [Fact]
    [Trait("Fault", "C5")]
    public async Task A_first_start_on_this_machine_logs_no_warning()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        Assert.DoesNotContain("WARN", proxy.Errors.Text);
        Assert.Single(proxy.Errors.Lines, line => line.Contains("INFO: Every program on this machine can use this server without a token"));
    }

    [Theory]
    [InlineData("management_token: \"\"", "mcp.yaml(1,19): 'management_token' is empty")]
    [InlineData("management_token: ${T:-}", "mcp.yaml(1,19): 'management_token' is empty ('${T:-}' is empty)")]
    [InlineData("{}", "'--mgmt-token' is empty", "--mgmt-token", "")]
    [Trait("Fault", "B-F11")]
    public async Task An_empty_token_counts_as_no_token_and_grants_no_access(string yaml, string told, params string[] options)
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Write("mcp.yaml", yaml + "\n");
        var (code, said) = await RunAsync(site, ["serve", "-c", "mcp.yaml", "--http", "0", .. options]);
        Assert.Equal(2, code);
        Assert.Contains(told, said);
    }

    [Fact]
    [Trait("Fault", "B-F14")]
    public async Task With_a_home_that_does_not_exist_yet_nothing_is_written_to_the_working_folder()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Environment["HOME"] = site["not/yet"];
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var client = await proxy.ConnectAsync(Era.Sessions);
        Assert.Equal("hello", await client.SayAsync("say"));
        Assert.Equal(0, (await site.RunAsync("status")).Code);
        await client.DisposeAsync();
        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());

        Assert.False(Directory.Exists(site[".mcp_proxy"]));
        Assert.Contains("\"tool\":\"say\"", File.ReadAllText(site["not/yet/.mcp_proxy/logs/tool_calls.jsonl"]));
    }

    [Fact]
    public async Task A_named_plugin_folder_that_does_not_exist_is_an_error()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        var (code, said) = await RunAsync(site, "serve", "-d", "plugins", "-d", "plugin");
        Assert.Equal(2, code);
        Assert.Contains($"'{site["plugin"]}' does not exist", said);
    }

    [Fact]
    public async Task Without_any_plugin_folder_it_warns_and_waits()
    {
        using var site = new ProxySite();
        await using var proxy = ProxyProcess.Start(site, "serve");
        Assert.Equal(0, (await proxy.ReadyAsync()).Plugins);
        await proxy.InitializeAsync();
        Assert.Contains("neither ./plugins nor ./scripts-plugins exists", proxy.Errors.Text);
    }

    [Fact]
    public async Task A_broken_plugin_does_not_prevent_the_others_from_being_served()
    {
        using var site = new ProxySite(("broken.csx", Broken), ("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, "serve");
        Assert.Equal(1, (await proxy.ReadyAsync()).Plugins);
        await proxy.InitializeAsync();
        Assert.Equal("hello", await proxy.CallAsync("1", "say"));
    }

    [Fact]
    public async Task Strict_refuses_to_start_with_a_broken_plugin_and_shows_the_location()
    {
        using var site = new ProxySite(("broken.csx", Broken), ("say.csx", Say.Script("hello")));
        var (code, said) = await RunAsync(site, "serve", "--strict");
        Assert.Equal(1, code);
        var place = said.Split('\n').SkipWhile(line => !line.Contains("broken.csx(2,37): error CS0103: ")).Select(line => line.Trim()).ToArray();
        Assert.Equal("""mcp.Tool("broken", "Is not.", () => missing + 1);""", place[1]);
        Assert.StartsWith("^", place[2]);
        Assert.Contains("--strict", said);
    }

    [Fact]
    public async Task Strict_shows_each_problem_with_its_source_line_at_every_log_level()
    {
        using var site = new ProxySite(("broken.csx", Broken), ("say.csx", Say.Script("hello")));
        site.Write("mcp.yaml", "log_level: critical\n");
        var (code, said) = await RunAsync(site, "serve", "--strict", "-c", "mcp.yaml");
        var problem = $"{site["plugins/broken.csx"]}(2,37): error CS0103: The name 'missing' does not exist in the current context";
        Assert.Equal((1, $"""
            Plugin 'broken' failed to compile: {problem}
            - {problem}
                mcp.Tool("broken", "Is not.", () => missing + 1);
                                                    ^
            Not started: --strict requires every desired plugin to load. Fix the plugins above, or start without --strict.
            """), (code, said));
    }

    [Fact]
    public async Task Strict_starts_when_nothing_is_broken()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--strict");
        Assert.True(proxy.IsRunning);
    }

    /// <summary>Runs the program to its end: nothing may come out of stdout.</summary>
    static async Task<(int Code, string Said)> RunAsync(ProxySite site, params string[] arguments)
    {
        await using var proxy = ProxyProcess.Start(site, arguments);
        var code = await proxy.ExitAsync();
        Assert.Empty(proxy.Output.Lines);
        return (code, proxy.Errors.Text);
    }
}
