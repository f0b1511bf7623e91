using McpScript.Configuration;
using McpScript.FileSystem;
using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Configuration;

public sealed class EnvironmentTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_originals_variables_are_read()
    {
        foreach (var (name, value) in new[]
        {
            ("MCP_SERVER_NAME", "on"), ("MCP_LOG_LEVEL", "debug"), ("MCP_LOG_FORMAT", "json"), ("MCP_HOST", "::1"), ("MCP_PORT", "1"),
            ("MCP_TRANSPORT", "http"),
            ("MCP_HEALTH_PORT", "2"), ("MCP_MGMT_TOKEN", "12"), ("MCP_OAUTH_ENABLED", "0"), ("MCP_OAUTH_SERVER_URL", "https://a/"),
            ("MCP_PUBLIC_URL", "https://b/"),
        })
            _folder.Environment[name] = value;

        var config = _folder.Load();

        Assert.Equal(("on", LogLevel.Debug, LogFormat.Json, "::1"), (config.ServerName, config.LogLevel, config.LogFormat, config.Host));
        Assert.Equal((1, Transport.Http, 2, "12"), (config.Port, config.Transport, config.HealthPort, config.ManagementToken));
        Assert.Equal((false, new Uri("https://a/"), new Uri("https://b/")), (config.OAuth.Enabled, config.OAuth.ServerUrl, config.OAuth.PublicUrl));
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        _folder.Environment["MCP_PORT"] = "";
        _folder.Environment["MCP_SERVER_NAME"] = "";

        var config = _folder.Load("port: 5\nserver_name: mine");

        Assert.Equal((5, "mine"), (config.Port, config.ServerName));
    }

    [Fact]
    [Trait("Fault", "B-F11")]
    public void An_empty_token_in_the_environment_leaves_the_one_in_the_file()
    {
        _folder.Environment["MCP_MGMT_TOKEN"] = "";

        Assert.Equal("mine", _folder.Load("management_token: mine").ManagementToken);
    }

    [Theory]
    [InlineData("management_token: ''", "management_token")]
    [InlineData("management_token: '  '", "management_token")]
    [InlineData("management_token: ${UNSET:-}", "management_token")]
    [InlineData("management_token: \"${UNSET:-}${UNSET:-}\"", "management_token")]
    [InlineData("oauth_client_secret: ''", "oauth_client_secret")]
    [InlineData("oauth_management_scope: ${UNSET:-}", "oauth_management_scope")]
    [InlineData("gate: { vaultwarden_token: '' }", "gate.vaultwarden_token")]
    [Trait("Fault", "B-F11")]
    public void An_empty_secret_in_the_file_is_a_problem(string yaml, string key)
    {
        Assert.Contains($"'{key}' is empty", Assert.Single(_folder.ProblemsOf(yaml)));
    }

    [Theory]
    [InlineData("management_token: null")]
    [InlineData("management_token: ~")]
    [InlineData("management_token:")]
    [InlineData("{}")]
    [Trait("Fault", "B-F11")]
    public void A_null_means_that_there_is_no_value(string yaml) => Assert.Null(_folder.Load(yaml).ManagementToken);

    [Fact]
    [Trait("Fault", "B-F11")]
    public void An_empty_token_on_the_command_line_is_a_problem() =>
        Assert.Equal(
            ["'--mgmt-token' is empty, so it would protect nothing; give it a value, or leave it out if no protection is needed"],
            _folder.ProblemsOf(commandLine: new CommandLineOverrides { ManagementToken = "" }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/home")]
    [Trait("Fault", "B-F14")]
    public void The_home_is_an_absolute_path_whatever_the_variable_says(string? home)
    {
        var variables = new Dictionary<string, string>();
        if (home is not null)
            variables["HOME"] = variables["USERPROFILE"] = home;

        Assert.True(Path.IsPathFullyQualified(ProcessEnvironment.Home(variables)));
    }

    [Fact]
    [Trait("Fault", "B-F14")]
    public void The_home_need_not_exist_yet() =>
        Assert.Equal(_folder.PathOf("not/yet"),
            ProcessEnvironment.Home(new Dictionary<string, string> { ["HOME"] = _folder.PathOf("not/yet"), ["USERPROFILE"] = _folder.PathOf("not/yet") }));

    [Fact]
    public void A_value_that_does_not_fit_is_reported_with_the_name_of_the_variable()
    {
        _folder.Environment["MCP_PORT"] = "x";

        Assert.Equal(["'MCP_PORT' must be a port from 0 to 65535, not 'x'"], _folder.ProblemsOf());
    }

    [Theory]
    [InlineData("MCP_PROT", "MCP_PORT")]
    [InlineData("MCP_LOGLEVEL", "MCP_LOG_LEVEL")]
    [InlineData("mcp_port", "MCP_PORT")]
    [InlineData("MCP_MGMT_TOKNE", "MCP_MGMT_TOKEN")]
    public void A_misspelled_variable_is_a_warning(string written, string meant)
    {
        _folder.Environment[written] = "1";

        Assert.Equal([$"the environment variable {written} is not known and has no effect; did you mean {meant}?"], _folder.Load().Warnings);
    }

    [Theory]
    [InlineData("MCP_GATE_SECRET_SHELL")]
    [InlineData("MCP_HOME")]
    [InlineData("MCP_SERVERS")]
    [InlineData("MYMCP_PROT")]
    public void Variables_of_other_programs_are_ignored(string name)
    {
        _folder.Environment[name] = "1";

        Assert.Empty(_folder.Load().Warnings);
    }
}
