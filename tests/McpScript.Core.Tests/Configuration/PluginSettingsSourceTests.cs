using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Core.Tests.Configuration;

public sealed class PluginSettingsSourceTests : IDisposable
{
    static readonly PluginReference Echo = new("echo");
    readonly ConfigFolder _folder = new();
    McpScriptConfig _config;

    public PluginSettingsSourceTests()
    {
        _folder.Folder("one");
        _folder.Folder("two");
        _config = _folder.Load("plugin_dirs: [one, two]\nplugins: { echo: { enabled: true, from: main } }");
    }

    public void Dispose() => _folder.Dispose();

    PluginSettings Get() => new PluginSettingsSource(() => _config, _folder.Environment).Read(Echo);

    PluginLoadException Failure() => Assert.Throws<PluginLoadException>(Get);

    string Write(string folder, string text) => _folder.Write($"{folder}/echo/config.yaml", text);

    [Fact]
    public void The_main_configuration_is_read_last()
    {
        var settings = Get();

        Assert.Equal("""{"from":"main"}""", settings.Values.ToJsonString());
        Assert.Equal("config.yaml: plugins.echo", _folder.Relative(settings.Origin));
        Assert.Equal(
            ["one/echo/config.yaml", "two/echo/config.yaml", "home/mcp_plugins/echo/config.yaml"],
            settings.Files.Select(file => _folder.Relative(file.Path).Replace('\\', '/')));
        Assert.All(settings.Files, file => Assert.Null(file.Hash));
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("two", 2)]
    [InlineData("home/mcp_plugins", 3)]
    public void Only_the_first_settings_file_is_used(string folder, int looked)
    {
        Write("home/mcp_plugins", "later: 1");
        var path = Write(folder, "from: file\nvalue: ${VALUE:-5}");

        var settings = Get();

        Assert.Equal("""{"from":"file","value":5}""", settings.Values.ToJsonString());
        Assert.Equal(path, settings.Origin);
        Assert.Equal(looked, settings.Files.Length);
        Assert.Equal(SourceFile.Read(path), settings.Files[^1]);
    }

    [Fact]
    public void An_empty_file_is_ignored_and_an_empty_mapping_means_no_settings()
    {
        Write("one", "# to be filled in\n");
        Assert.Equal("""{"from":"main"}""", Get().Values.ToJsonString());

        Write("two", "{}");
        Assert.Equal("{}", Get().Values.ToJsonString());
    }

    [Fact]
    public void A_newer_configuration_is_seen()
    {
        _config = _folder.Load("plugins: { ECHO: { from: newer } }");

        Assert.Equal("newer", (string?)Get().Values["from"]);
    }

    [Fact]
    public void A_plugin_that_is_not_configured_has_no_settings()
    {
        var settings = new PluginSettingsSource(() => new McpScriptConfig(), _folder.Environment).Read(Echo);

        Assert.Equal("{}", settings.Values.ToJsonString());
        Assert.Equal("plugins.echo of the configuration", settings.Origin);
    }

    [Fact]
    public void A_broken_file_fails_the_plugin_with_place_and_line()
    {
        var path = Write("two", "a: 1\r\nb: ${NOPE}\r\na: 2\r\n");

        var failure = Failure();

        Assert.Equal(PluginStage.Compile, failure.Stage);
        Assert.Equal(
            [
                new PluginProblem("the variable NOPE is not set and has no default; set it, or write '${NOPE:-default}'", null, path, 2, 4, "b: ${NOPE}"),
                new PluginProblem("duplicate key 'a'; it is already on line 1", null, path, 3, 1, "a: 2"),
            ],
            failure.Problems);
        Assert.Equal(2, failure.Files.Length);
        Assert.Equal(SourceFile.Read(path), failure.Files[^1]);
    }

    [Theory, Trait("Fault", "A23")]
    [InlineData("enabled")]
    [InlineData("prefix")]
    [InlineData("path")]
    public void Keys_that_the_host_uses_elsewhere_are_the_plugins_own_in_its_file(string key)
    {
        Write("one", $"{key}: x");

        Assert.Equal("x", (string?)Get().Values[key]);
    }

    [Fact]
    public void A_gate_is_not_allowed_in_a_plugins_own_file()
    {
        Write("one", "gate: x");

        Assert.Equal(
            "'gate' belongs in the main configuration (there is one gate for all plugins, at its top level), not into a plugin's own file; move it there",
            Assert.Single(Failure().Problems).Message);
    }

    [Theory]
    [InlineData("- a list")]
    [InlineData("a: [")]
    public void A_file_without_a_mapping_fails_the_plugin(string text)
    {
        Write("one", text);

        Assert.NotNull(Assert.Single(Failure().Problems).Line);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_counts_as_no_settings()
    {
        _folder.Write("one/echo", "a file without extension");

        Assert.Equal("""{"from":"main"}""", Get().Values.ToJsonString());
    }

    [Fact]
    public void A_folder_in_place_of_the_file_fails_the_plugin()
    {
        _folder.Folder("one/echo/config.yaml");

        Assert.StartsWith("the file cannot be read: ", Assert.Single(Failure().Problems).Message);
    }
}
