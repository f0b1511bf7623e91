using McpScript.Configuration;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Promises 6 and 7: the configuration file is followed while running, and tells all that is wrong with it at once.</summary>
public class LiveConfigurationSpecs
{
    static readonly (string, string)[] Scripts =
    [
        ("greet.csx", """mcp.Tool("greet", "", () => $"{config["word"] ?? "nothing"} {config["tone"]}");"""),
        ("other.csx", """mcp.Tool("other", "", () => "other");"""),
    ];

    [Fact]
    public async Task A_plugins_settings_take_effect_when_the_file_is_saved()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { ConfigYaml = Yaml("plugins: { greet: { word: hello, tone: \"${TONE:-softly}\" } }") }, Scripts);
        Assert.Equal("hello softly", await host.CallAsync("greet"));

        await host.ChangeAsync("greet", () => Save(host, "plugins: { greet: { word: good day } }"), result => result.Ok);

        Assert.Equal("good day ", await host.CallAsync("greet"));
        Assert.Equal((2, 1), (host.StatusOf("greet").Generation, host.StatusOf("other").Generation));
    }

    [Fact]
    public async Task The_autoload_list_and_enabled_take_effect_when_the_file_is_saved()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { ConfigYaml = Yaml("autoload: [greet]") }, Scripts);
        Assert.Equal(["greet"], await host.ToolsAsync());

        await host.ChangeAsync("other", () => Save(host, "autoload: [greet, other]"));
        Assert.Equal(["greet", "other"], await host.ToolsAsync());

        await host.ChangeAsync("greet", () => Save(host, "autoload: [other]"));
        Assert.Equal(["other"], await host.ToolsAsync());

        await host.ChangeAsync("greet", () => Save(host, ""));
        Assert.Equal(["greet", "other"], await host.ToolsAsync());

        await host.ChangeAsync("greet", () => Save(host, "plugins: { greet: { enabled: false } }"));
        Assert.Equal(["other"], await host.ToolsAsync());
        Assert.Equal("Plugin 'greet' disabled in config", (await host.Registry.LoadAsync("greet")).Error);

        await host.ChangeAsync("greet", () => Save(host, "plugins: { greet: { enabled: true, word: again } }"), result => result.Ok);
        Assert.Equal("again ", await host.CallAsync("greet"));
    }

    [Fact]
    public async Task A_broken_file_keeps_the_last_good_configuration_and_all_problems_are_reported()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { ConfigYaml = Yaml("plugins: { greet: { word: hello } }") }, Scripts);

        await host.ScanAfterAsync(() => Save(host, "autolod: [other]\npage_size: many\nplugins: { greet: { word: never } }"));
        await TestHost.UntilAsync(() => host.Log.Text.Contains("The last good configuration stays in force."), "the problems are logged");
        Assert.Contains($"- {host.Folder.ConfigFile}(1,1): ", host.Log.Text);
        Assert.Contains("did you mean 'autoload'?", host.Log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"- {host.Folder.ConfigFile}(2,12): ", host.Log.Text);
        Assert.Equal("hello ", await host.CallAsync("greet"));
        Assert.Equal(["greet", "other"], await host.ToolsAsync());

        await host.ChangeAsync("greet", () => Save(host, "plugins: { greet: { word: mended } }"), result => result.Ok);
        Assert.Equal("mended ", await host.CallAsync("greet"));
    }

    [Fact]
    public async Task A_key_that_needs_a_restart_is_named()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { ConfigYaml = Yaml("page_size: 10") }, Scripts);
        await host.ScanAfterAsync(() => Save(host, "page_size: 20\nplugins: { other: { any: thing } }"));
        await TestHost.UntilAsync(() => host.Log.Text.Contains("needs a restart to take effect"), "it is logged");
        Assert.Contains("Configuration: page_size changed and needs a restart to take effect.", host.Log.Text);
        Assert.Contains("Configuration: plugins changed and is in force.", host.Log.Text);
    }

    [Fact]
    public async Task A_key_that_needs_a_restart_has_no_partial_effect_before_it()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { ConfigYaml = Yaml("page_size: 10\ngate: { groups: { a: { tools: [greet] } } }") }, Scripts);
        var elsewhere = Directory.CreateDirectory(host.Folder["elsewhere"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "third.csx"), """mcp.Tool("third", "", () => "third");""");

        await host.ChangeAsync("greet", () => Save(host,
            $"page_size: 20\nplugin_dirs: ['{elsewhere}']\ngate: {{ enabled: false, groups: {{ b: {{ tools: [other] }} }} }}\nplugins: {{ greet: {{ word: "
                + $"hello }} }}"), result => result.Ok);

        Assert.Contains("Configuration: page_size, gate.enabled", host.Log.Text);
        Assert.Equal((10, true, "b"), (host.Server.Config.PageSize, host.Server.Config.Gate!.Enabled, Assert.Single(host.Server.Config.Gate.Groups).Key));
        Assert.DoesNotContain(elsewhere, host.Server.Config.PluginDirs);
        Assert.DoesNotContain("third", await host.ToolsAsync());

        // Put back, nothing waits for a restart any more; and nothing is logged twice.
        await host.ChangeAsync("greet", () => Save(host, "page_size: 20\nplugins: { greet: { word: again } }"), result => result.Ok);
        Assert.Single(host.Log.Text.Split("page_size"), part => part.StartsWith(" changed", StringComparison.Ordinal) || part.StartsWith(','));
    }

    [Fact]
    public async Task Settings_of_the_embedding_program_still_apply_after_a_reload_of_the_file()
    {
        var setup = new TestSetup { ConfigYaml = Yaml("page_size: 10"), CommandLine = new() { BuiltIn = new() { ServerName = "Mine", PageSize = 5 } } };
        await using var host = await TestHost.StartAsync(setup, Scripts);
        Assert.Equal(("Mine", 10), (host.Server.Config.ServerName, host.Server.Config.PageSize));
        await host.ChangeAsync("greet", () => Save(host, "page_size: 10\nplugins: { greet: { word: hello } }"), result => result.Ok);
        Assert.Equal(("Mine", 10), (host.Server.Config.ServerName, host.Server.Config.PageSize));
        Assert.DoesNotContain("needs a restart", host.Log.Text);
    }

    [Fact]
    public void All_problems_of_all_layers_are_reported_together()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.ConfigFile, "prot: 1\nport: none\nautoload: greet me\nmanagement_token: ${NOT_SET_ANYWHERE}\n");
        var environment = new Dictionary<string, string> { ["MCP_LOG_FORMAT"] = "xml" };

        var thrown = Assert.Throws<ConfigurationException>(() => McpScriptConfig.Load(
            new CommandLineOverrides { ConfigFile = folder.ConfigFile, PluginDirs = [folder["nowhere"]] }, environment, folder.Path));

        foreach (var about in new[] { "'prot'", "port", "autoload", "NOT_SET_ANYWHERE", "MCP_LOG_FORMAT", "nowhere" })
            Assert.Contains(thrown.Problems, problem => problem.ToString().Contains(about));
        foreach (var line in new[] { 1, 2, 3, 4 })
            Assert.Contains($"- {folder.ConfigFile}({line},", thrown.Message);
    }

    [Fact]
    public async Task All_problems_of_a_script_are_reported_together()
    {
        await using var host = await TestHost.StartAsync(
            ("types.csx", "int a = \"x\";\nint b = c;\nmcp.Tol();\n"),
            ("missing.csx", "#r \"no.dll\"\n#load \"no.csx\"\nint x = ;\n"),
            ("handlers.csx", """
                mcp.Tool("a", "", (Stream input) => 1);
                mcp.Tool("b", "", (IFormatProvider formats) => 1);
                mcp.Prompt("c", "", (Action call) => "");
                mcp.Tool("twice", "", () => 1);
                mcp.Tool("twice", "", () => 1);
                """));

        Assert.Equal([1, 2, 3], host.StatusOf("types").Problems.Select(problem => problem.Line ?? 0));
        Assert.Equal(["MCS101", "MCS105", "CS1525"], host.StatusOf("missing").Problems.Select(problem => problem.Code));
        Assert.Equal(4, host.StatusOf("handlers").Problems.Length);
        foreach (var word in new[] { "'input'", "'formats'", "'call'", "'twice'" })
            Assert.Contains(host.StatusOf("handlers").Problems, problem => problem.Message.Contains(word));
        foreach (var plugin in new[] { "types", "missing", "handlers" })
            Assert.All(host.StatusOf(plugin).Problems, problem => Assert.Contains($"- {problem.ToStringWithSource()}", host.Log.Text));
    }

    static string Yaml(string text) => text + "\n";

    static void Save(TestHost host, string text) => File.WriteAllText(host.Folder.ConfigFile, Yaml(text));
}
