using System.Text.RegularExpressions;
using McpScript.Configuration;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs;

/// <summary>The examples in the docs are plugins, and run.</summary>
public partial class DocsSpecs
{
    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/writing-plugins.md", 11)]
    [InlineData("docs/hot-reload.md", 2)]
    [InlineData("docs/management.md", 1)]
    [InlineData("docs/security.md", 1)]
    [InlineData("docs/limits.md", 2)]
    [InlineData("docs/coming-from-python.md", 1)]
    public async Task Every_example_is_a_plugin_that_loads(string page, int examples)
    {
        var blocks = Example().Matches(File.ReadAllText(Path.Combine(BuiltProgram.Checkout, page))).Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(examples, blocks.Count);
        foreach (var block in blocks)
        {
            await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("example.csx", block));
            Assert.Equal("", string.Join('\n', host.Registry.Failures.SelectMany(failure => failure.Problems)));
        }
    }

    [Fact]
    public async Task The_folder_plugin_of_the_scripts_page_works_as_it_is_written()
    {
        var page = File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs/scripts.md"));
        await using var host = await TestHost.StartAsync(
            ("weather/main.csx", Assert.Single(FolderFile("csx").Matches(page)).Groups["code"].Value),
            ("weather/Forecasts.cs", Assert.Single(FolderFile("cs").Matches(page)).Groups["code"].Value));
        Assert.Equal("""{"City":"Oslo","Degrees":20.5}""", await host.CallAsync("forecast", new { city = "Oslo" }));
    }

    static Regex FolderFile(string language) => new($"^```{language}\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);

    [Fact]
    public void Every_spec_that_the_security_page_names_exists()
    {
        var sources = Directory.GetFiles(Path.Combine(BuiltProgram.Checkout, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var boundaries = File.ReadLines(Path.Combine(BuiltProgram.Checkout, "docs", "security.md"))
            .SkipWhile(line => line != "| boundary | held by |").Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.InRange(boundaries.Count, 15, 200);
        foreach (var boundary in boundaries)
        {
            var named = Spec().Matches(boundary);
            Assert.True(named.Count > 0, $"Nothing holds: {boundary}");
            foreach (Match spec in named)
                Assert.True(
                    sources.Any(source => Regex.IsMatch(source, $@"\bclass {spec.Groups["class"]}\b")
                        && Regex.IsMatch(source, $@"\[(Suite)?(Fact|Theory)\b[\s\S]*?public (async Task|Task|void) {spec.Groups["spec"]}\(")),
                    $"There is no spec {spec.Value}");
        }
    }

    [Fact]
    [Trait("Fault", "Operators")]
    public void The_settings_of_the_deployment_page_can_be_used_unchanged()
    {
        var blocks = Settings().Matches(File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs/deploy.md")))
            .Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(2, blocks.Count);
        foreach (var block in blocks)
        {
            using var folder = new TestFolder();
            File.WriteAllText(folder.ConfigFile, block);
            var config = McpScriptConfig.Load(new CommandLineOverrides { ConfigFile = folder.ConfigFile }, new Dictionary<string, string>(), folder.Path);
            Assert.Empty(config.Warnings);
            Assert.EndsWith($"{config.PathBase}/mcp", config.OAuth.PublicUrl!.AbsolutePath);
        }
    }

    [Fact]
    public async Task The_gate_page_s_example_is_guarded_by_the_gate_page_s_configuration()
    {
        var page = File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs/gate.md"));
        var plugin = Assert.Single(Example().Matches(page)).Groups["code"].Value;
        var setup = new TestSetup
        {
            Watch = false, ConfigYaml = Assert.Single(Settings().Matches(page)).Groups["code"].Value,
            Options = new() { GateSecrets = new KnownSecrets() }
        };
        await using var host = await TestHost.StartAsync(setup, ("example.csx", plugin));
        Assert.Equal("", string.Join('\n', host.Registry.Failures.SelectMany(failure => failure.Problems)));
        Assert.Equal(["proxy__command", "proxy__load", "sh", "wipe"], host.Server.Operations.Gate!.ToolsOf("shell"));
        Assert.Contains("Group 'shell' is locked.", await host.CallAsync("sh", new { command = "ls" }));
    }

    [GeneratedRegex("`(?<class>[A-Z]\\w*(Specs|Tests))\\.(?<spec>\\w+)`")]
    private static partial Regex Spec();

    [GeneratedRegex("^```yaml\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Settings();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
