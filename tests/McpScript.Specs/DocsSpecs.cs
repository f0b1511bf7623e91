using System.Text.RegularExpressions;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>The examples in the docs are plugins, and run.</summary>
public partial class DocsSpecs
{
    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/writing-plugins.md", 9)]
    [InlineData("docs/hot-reload.md", 2)]
    [InlineData("docs/management.md", 1)]
    [InlineData("docs/limits.md", 2)]
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
    public async Task The_gate_page_s_example_is_guarded_by_the_gate_page_s_configuration()
    {
        var page = File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs/gate.md"));
        var plugin = Assert.Single(Example().Matches(page)).Groups["code"].Value;
        var setup = new TestSetup { Watch = false, ConfigYaml = Assert.Single(Settings().Matches(page)).Groups["code"].Value, Options = new() { GateSecrets = new KnownSecrets() } };
        await using var host = await TestHost.StartAsync(setup, ("example.csx", plugin));
        Assert.Equal("", string.Join('\n', host.Registry.Failures.SelectMany(failure => failure.Problems)));
        Assert.Equal(["proxy__command", "proxy__load", "sh", "wipe"], host.Server.Operations.Gate!.ToolsOf("shell"));
        Assert.Contains("Group 'shell' is locked.", await host.CallAsync("sh", new { command = "ls" }));
    }

    [GeneratedRegex("^```yaml\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Settings();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
