using McpScript.Configuration;
using Microsoft.Extensions.Logging;

namespace McpScript.Tests.Configuration;

public sealed class EnvironmentTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_originals_variables_are_read()
    {
        foreach (var (name, value) in new[]
        {
            ("MCP_SERVER_NAME", "on"), ("MCP_LOG_LEVEL", "debug"), ("MCP_LOG_FORMAT", "json"), ("MCP_HOST", "::1"), ("MCP_PORT", "1"), ("MCP_TRANSPORT", "http"),
            ("MCP_HEALTH_PORT", "2"), ("MCP_MGMT_TOKEN", "12"), ("MCP_OAUTH_ENABLED", "0"), ("MCP_OAUTH_SERVER_URL", "https://a/"), ("MCP_PUBLIC_URL", "https://b/"),
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
    public void A_value_that_does_not_fit_is_told_with_the_variables_name()
    {
        _folder.Environment["MCP_PORT"] = "x";

        Assert.Equal(["'MCP_PORT' must be a port from 0 to 65535, not 'x'"], _folder.ProblemsOf());
    }

    [Theory]
    [InlineData("MCP_PROT", "MCP_PORT")]
    [InlineData("MCP_LOGLEVEL", "MCP_LOG_LEVEL")]
    [InlineData("mcp_port", "MCP_PORT")]
    [InlineData("MCP_MGMT_TOKNE", "MCP_MGMT_TOKEN")]
    public void A_near_miss_is_warned_about(string written, string meant)
    {
        _folder.Environment[written] = "1";

        Assert.Equal([$"the environment variable {written} is not known and has no effect; did you mean {meant}?"], _folder.Load().Warnings);
    }

    [Theory]
    [InlineData("MCP_GATE_SECRET_SHELL")]
    [InlineData("MCP_HOME")]
    [InlineData("MCP_SERVERS")]
    [InlineData("MYMCP_PROT")]
    public void Other_peoples_variables_are_left_alone(string name)
    {
        _folder.Environment[name] = "1";

        Assert.Empty(_folder.Load().Warnings);
    }
}
