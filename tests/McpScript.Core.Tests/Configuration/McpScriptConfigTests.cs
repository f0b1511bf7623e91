using McpScript.Configuration;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Configuration;

public sealed class McpScriptConfigTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    [InlineData("plugins:\nautoload: null\nport: ~\nserver_name: ''\n")]
    public void Without_configuration_the_built_in_settings_apply(string? yaml)
    {
        var config = _folder.Load(yaml);

        Assert.Equal((Transport.Stdio, "127.0.0.1", 12200), (config.Transport, config.Host, config.Port));
        Assert.Equal((null, LogLevel.Information, LogFormat.Text), (config.ServerName, config.LogLevel, config.LogFormat));
        Assert.Null(config.Autoload);
        Assert.Empty(config.Plugins);
        Assert.Empty(config.PluginDirs);
        Assert.Empty(config.Warnings);
        Assert.True(ConfigurationChange.Between(new McpScriptConfig(), config).IsEmpty);
    }

    [Fact]
    public void The_command_line_beats_the_environment_and_that_beats_the_file()
    {
        const string yaml = "port: 1001\nhost: 10.0.0.1\nserver_name: file\noauth_enabled: false\n";
        _folder.Environment["MCP_PORT"] = "1002";
        _folder.Environment["MCP_HOST"] = "10.0.0.2";

        var config = _folder.Load(yaml, new CommandLineOverrides { HttpPort = 1003 });

        Assert.Equal((1003, "10.0.0.2", "file"), (config.Port, config.Host, config.ServerName));
        Assert.Equal(Transport.Http, config.Transport);
        Assert.Equal(_folder.PathOf("config.yaml"), config.ConfigFile);
    }

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_first_key()
    {
        Assert.Equal(1, _folder.Load("\uFEFFport: 1").Port);
    }

    [Theory]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("WARNING", LogLevel.Warning)]
    [InlineData("Warning", LogLevel.Warning)]
    [InlineData("CRITICAL", LogLevel.Critical)]
    [InlineData("Fatal", LogLevel.Critical)]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("TRACE", LogLevel.Trace)]
    [InlineData("Verbose", LogLevel.Trace)]
    [InlineData("Information", LogLevel.Information)]
    public void Pythons_and_dotnets_words_for_levels_are_understood(string word, LogLevel level)
    {
        Assert.Equal(level, _folder.Load($"log_level: {word}").LogLevel);
    }

    [Fact]
    public void A_number_is_text_as_it_is_written()
    {
        Assert.Equal("1.0", _folder.Load("version: 1.0").Version);
    }

    [Theory]
    [InlineData("autoload: echo", "echo")]
    [InlineData("autoload: [echo, mcp_shell_tools.shell, Echo]", "echo mcp_shell_tools.shell")]
    [InlineData("autoload: []", "")]
    public void Autoload_takes_a_list_or_a_single_name(string yaml, string expected)
    {
        Assert.Equal(expected, string.Join(' ', _folder.Load(yaml).Autoload!.Value));
    }

    [Fact]
    public void Autoload_on_the_command_line_replaces_the_files_list()
    {
        var config = _folder.Load("autoload: [echo]", new CommandLineOverrides { Autoload = ["greet"] });

        Assert.Equal([new PluginReference("greet")], config.Autoload!.Value);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("NO", false)]
    public void Switches_accept_the_usual_spellings(string word, bool value)
    {
        Assert.Equal(value, _folder.Load($"watch: {word}").Watch);
    }

    [Fact]
    public void Watch_and_strict_can_be_switched_on_by_the_command_line()
    {
        var config = _folder.Load("watch: false", new CommandLineOverrides { Watch = true, Strict = true });

        Assert.True(config.Watch && config.Strict);
    }

    [Fact]
    public void Secrets_do_not_show_when_settings_are_printed()
    {
        var config = _folder.Load("""
            management_token: s3cret
            oauth_client_secret: s3cret
            gate: { vaultwarden_token: s3cret }
            plugins: { echo: { api_key: s3cret } }
            """);

        Assert.Equal(("s3cret", "s3cret"), (config.ManagementToken, config.OAuth.ClientSecret));
        Assert.DoesNotContain(
            "s3cret", $"{config} {config.OAuth} {config.Gate} {config.Plugin("echo")} {new CommandLineOverrides { ManagementToken = "s3cret" }}");
    }
}
