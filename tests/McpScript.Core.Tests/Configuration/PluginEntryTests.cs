using System.Text.Json.Nodes;

namespace McpScript.Core.Tests.Configuration;

public sealed class PluginEntryTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_that_the_host_does_not_use_are_settings_of_the_plugin()
    {
        var plugin = _folder.Load("""
            plugins:
              echo:
                enabled: no
                path: ../tools/echo.csx
                description: says it again
                limits: { size: 5, enabled: true, words: [a, on, ~] }
            """).Plugin("ECHO");

        Assert.False(plugin.Enabled);
        Assert.Equal(Path.GetFullPath("../tools/echo.csx", _folder.PathOf("")), plugin.Path);
        Assert.Equal("""{"description":"says it again","limits":{"size":5,"enabled":true,"words":["a",true,null]}}""", plugin.Settings.ToJsonString());
    }

    [Theory]
    [InlineData("12", "12")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("0012", "12")]
    [InlineData("+12", "12")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("0.10", "0.10")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1e3")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("1e999", "1e999")]
    [InlineData("true", "true")]
    [InlineData("off", "false")]
    [InlineData("\"off\"", "\"off\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("~", "null")]
    [InlineData("''", "\"\"")]
    [InlineData("2026-11-22", "\"2026-11-22\"")]
    [InlineData("{}", "{}")]
    [InlineData("|\n      two\n      lines\n", "\"two\\nlines\\n\"")]
    [InlineData("${ZIP}", "\"0012\"")]
    [InlineData("${HASH}", "\"1e5\"")]
    [InlineData("${SIZE}", "12")]
    [InlineData("'${SIZE}'", "\"12\"")]
    [InlineData("${SWITCH}", "true")]
    [InlineData("${ONE}", "1")]
    [InlineData("${EMPTY}", "null")]
    [InlineData("'${EMPTY}'", "\"\"")]
    public void Values_are_typed_as_yaml_types_them(string written, string json)
    {
        foreach (var (name, value) in new[] { ("ZIP", "0012"), ("HASH", "1e5"), ("SIZE", "12"), ("SWITCH", "on"), ("ONE", "1"), ("EMPTY", "") })
            _folder.Environment[name] = value;

        var settings = _folder.Load($"plugins:\n  echo:\n    value: {written}\n").Plugin("echo").Settings;

        Assert.Equal($$"""{"value":{{json}}}""", settings.ToJsonString());
    }

    [Fact]
    public void Aliases_resolve_to_their_anchors()
    {
        var settings = _folder.Load("plugins: { a: &it { x: [1] }, b: *it }").Plugin("b").Settings;

        Assert.Equal("""{"x":[1]}""", settings.ToJsonString());
    }

    [Theory]
    [InlineData("", false, null)]
    [InlineData("", true, "echo")]
    [InlineData("prefix:", true, "echo")]
    [InlineData("prefix: null", false, null)]
    [InlineData("prefix: true", false, "echo")]
    [InlineData("prefix: false", true, null)]
    [InlineData("prefix: off", true, null)]
    [InlineData("prefix: ''", true, null)]
    [InlineData("prefix: mm", true, "mm")]
    [InlineData("prefix: 'true'", false, "true")]
    [InlineData("prefix: 2", false, "2")]
    public void A_prefix_may_be_a_text_or_a_switch(string yaml, bool autoPrefix, string? prefix)
    {
        var plugin = _folder.Load($"plugins:\n  Echo:\n    {yaml}\n").Plugin("echo");

        Assert.Equal(prefix, plugin.Prefix.For("echo", autoPrefix));
    }

    [Fact]
    public void The_settings_of_a_configuration_are_immutable()
    {
        var plugin = _folder.Load("plugins: { echo: { a: 1 } }").Plugin("echo");

        plugin.Settings["a"] = JsonValue.Create(2);

        Assert.Equal(1, (int)plugin.Settings["a"]!);
    }
}
