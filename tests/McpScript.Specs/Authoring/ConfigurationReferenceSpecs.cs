using System.Text.Json.Nodes;
using McpScript.Configuration;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Authoring;

/// <summary>Documents that are generated from the descriptions of the keys. UPDATE_APPROVED=1 writes them anew.</summary>
public class ConfigurationReferenceSpecs
{
    [Theory]
    [InlineData("docs/configuration.md")]
    [InlineData("config/proxy.example.yaml")]
    [InlineData("config/mcp-proxy.schema.json")]
    public void Files_that_are_generated_from_the_keys_are_up_to_date(string file)
    {
        var made = file switch
        {
            "docs/configuration.md" => ConfigurationReference.Markdown(),
            "config/proxy.example.yaml" => ConfigurationReference.Example(),
            _ => ConfigurationReference.JsonSchema(),
        };
        var path = Path.Combine(BuiltProgram.Checkout, file);
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
            File.WriteAllText(path, made);
        Assert.Equal(made, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("proxy.example.yaml")]
    [InlineData("config-stdio.yaml")]
    [InlineData("framework.example.yaml")]
    [InlineData("factory.example.yaml")]
    [InlineData("examples.yaml")]
    public void Each_file_in_config_can_be_used_unchanged(string file)
    {
        var path = Path.Combine(BuiltProgram.Checkout, "config", file);
        var config = McpScriptConfig.Load(new CommandLineOverrides { ConfigFile = path }, new Dictionary<string, string>(), Path.GetTempPath());
        Assert.All(config.Warnings, warning => Assert.Contains("not supported by this version yet", warning));
        // Safe: for this machine only.
        Assert.Equal("127.0.0.1", config.Host);
        Assert.Contains("$schema=mcp-proxy.schema.json", File.ReadLines(path).First());
    }

    [Fact]
    public void Every_key_of_the_example_file_can_be_uncommented_unchanged()
    {
        using var folder = new TestFolder();
        var lines = File.ReadAllLines(Path.Combine(BuiltProgram.Checkout, "config", "proxy.example.yaml"));
        // What has a value of its own; comments in words begin with a capital.
        File.WriteAllLines(
            folder.ConfigFile, lines.SkipWhile(line => line.Length > 0).Select(line => line.StartsWith("# ", StringComparison.Ordinal) ? line[2..] : line)
            .Where(line => line.TrimStart() is [>= 'a' and <= 'z', ..] && line.Contains(':')));
        var config = McpScriptConfig.Load(new CommandLineOverrides { ConfigFile = folder.ConfigFile }, new Dictionary<string, string>(), folder.Path);
        Assert.Equal(12200, config.Port);
        Assert.NotNull(config.Gate);
    }

    [Fact]
    public void The_schema_has_each_key_with_its_description()
    {
        var properties = JsonNode.Parse(ConfigurationReference.JsonSchema())!["properties"]!.AsObject();
        Assert.Equal(McpScriptConfig.Keys.Select(key => key.Name), properties.Select(property => property.Key));
        Assert.All(properties, property => Assert.False(string.IsNullOrEmpty((string?)property.Value!["description"])));
        Assert.Contains("INFO", properties["log_level"]!.ToJsonString());
        Assert.NotNull(properties["gate"]!["properties"]!["groups"]!["additionalProperties"]!["properties"]!["tools"]);
        Assert.True((bool)properties["plugins"]!["additionalProperties"]!["additionalProperties"]!);
    }
}
