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

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
