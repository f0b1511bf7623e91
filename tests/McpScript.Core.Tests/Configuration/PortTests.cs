using McpScript.Configuration;

namespace McpScript.Core.Tests.Configuration;

public sealed class PortTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("transport: http", null, 12200, 12201, 12299)]
    [InlineData("", 9000, 9000, 9001, 12299)]
    [InlineData("port: 8000", 9000, 9000, 9001, 12299)]
    [InlineData("", 0, 0, 0, 0)]
    [InlineData("transport: http\nport: 0", null, 0, 0, 0)]
    [InlineData("health_port: 7000\nmanagement_port: 7001", 0, 0, 7000, 7001)]
    [InlineData("health_port: off", 9000, 9000, null, 12299)]
    [InlineData("health_port: false", 0, 0, null, 0)]
    [InlineData("transport: stdio", null, 12200, null, 0)]
    [InlineData("management_port: 7001\nhealth_port: 7000", null, 12200, null, 7001)]
    public void Ports_that_are_not_set_follow_from_those_that_are(string yaml, int? http, int port, int? health, int management)
    {
        var config = _folder.Load(yaml, new CommandLineOverrides { HttpPort = http });

        Assert.Equal((port, health, management), (config.Port, config.HealthPort, config.ManagementPort));
    }

    [Fact]
    public void Ports_on_the_command_line_win()
    {
        const string yaml = "health_port: off\nmanagement_port: 1";
        var config = _folder.Load(yaml, new CommandLineOverrides { HttpPort = 9000, HealthPort = 9005, ManagementPort = 9006 });

        Assert.Equal((9005, 9006), (config.HealthPort, config.ManagementPort));
    }

    [Fact]
    public void Two_services_cannot_have_one_port()
    {
        Assert.Equal(["'port' and 'management_port' are 12299; each needs a port of its own"],
            _folder.ProblemsOf(commandLine: new CommandLineOverrides { HttpPort = 12299 }));
    }

    [Fact]
    public void The_last_port_leaves_none_for_health()
    {
        var commandLine = new CommandLineOverrides { HttpPort = 65535 };

        Assert.Contains("no port after 'port' 65535", Assert.Single(_folder.ProblemsOf(commandLine: commandLine)));
        Assert.Null(_folder.Load("health_port: off", commandLine).HealthPort);
    }
}
