using McpScript.Configuration;

namespace McpScript.Core.Tests.Configuration;

public sealed class ConfigurationChangeTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("port: 1", "port: 1 # the same", "", "")]
    [InlineData("autoload: [a]", "autoload: [a, b]", "autoload", "")]
    [InlineData("autoload: []", "", "autoload", "")]
    [InlineData("", "log_level: DEBUG", "log_level", "")]
    [InlineData("", "watch: true\nlog_level: DEBUG\nserver_name: x", "log_level", "server_name watch")]
    [InlineData("transport: http", "transport: http\nport: 5", "", "port health_port")]
    [InlineData("oauth_required_scopes: [a]", "oauth_required_scopes: [b]", "", "oauth_required_scopes")]
    [InlineData("gate: { groups: { a: { timeout: 1 } } }", "gate: { groups: { a: { timeout: 2 } } }", "gate.groups", "")]
    [InlineData("gate: { groups: { a: } }", "gate: { groups: { b: } }", "gate.groups", "")]
    [InlineData("gate: { groups: { a: { tools: [x] } } }", "gate: { groups: { a: { tools: [x] } } }", "", "")]
    [InlineData("gate: { enabled: true }", "gate: { enabled: false, audit: { log_blocked: off } }", "", "gate.enabled gate.audit.log_blocked")]
    [InlineData("gate: {}", "", "", "gate")]
    public void A_change_reports_when_each_setting_takes_effect(string before, string after, string live, string restart)
    {
        var change = ConfigurationChange.Between(_folder.Load(before), _folder.Load(after));

        Assert.Equal((live, restart), (string.Join(' ', change.Live), string.Join(' ', change.NeedRestart)));
        Assert.Equal((live + restart).Length == 0, change.IsEmpty);
    }

    [Fact]
    public void The_affected_plugins_are_named()
    {
        var before = _folder.Load("plugins: { same: { a: [1, {b: c}] }, gone: { a: 1 }, other: { a: 1 }, off: {}, idle: {}, Case: { a: 1 } }");
        var after = _folder.Load("plugins: { same: { a: [1, {b: c}] }, fresh: { a: 1 }, other: { a: 2 }, off: { enabled: false }, case: { a: 1 } }");

        var change = ConfigurationChange.Between(before, after);

        Assert.Equal(["fresh", "gone", "off", "other"], change.Plugins.Order());
        Assert.Equal(["plugins"], change.Live);
    }
}
