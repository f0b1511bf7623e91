using McpScript.Model;
using McpScript.Testing;

namespace McpScript.Specs.Management;

/// <summary><c>auto_prefix</c> and <c>plugins.&lt;name&gt;.prefix</c>.</summary>
public class PrefixSpecs
{
    [Theory]
    [InlineData("auto_prefix: true", "mail_send")]
    [InlineData("auto_prefix: false", "send")]
    [InlineData("", "send")]
    [InlineData("auto_prefix: true\nplugins: {mail: {prefix: false}}", "send")]
    [InlineData("auto_prefix: true\nplugins: {mail: {prefix: ''}}", "send")]
    [InlineData("auto_prefix: true\nplugins: {mail: {prefix: null}}", "mail_send")]
    [InlineData("auto_prefix: true\nplugins: {mail: {prefix: mm}}", "mm_send")]
    [InlineData("auto_prefix: true\nplugins: {other: {prefix: mm}}", "mail_send")]
    [InlineData("plugins: {mail: {prefix: null}}", "send")]
    [InlineData("plugins: {mail: {prefix: true}}", "mail_send")]
    [InlineData("plugins: {mail: {prefix: mm}}", "mm_send")]
    [InlineData("plugins: {mail: null}", "send")]
    [InlineData("plugins: null", "send")]
    public async Task L13_A_prefix_is_the_plugins_name_a_text_or_none(string yaml, string expected)
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = yaml }, ("mail.csx", """mcp.Tool("send", "Sends.", () => "sent");"""));
        Assert.Equal([expected], await host.ToolsAsync());
        Assert.Equal("sent", await host.CallAsync(expected));
        Assert.Equal("mail", host.Registry.FindToolOwner(expected));
        Assert.Equal([expected], host.StatusOf("mail").Tools.AsEnumerable());
    }

    [Fact]
    public async Task Every_kind_of_tool_gets_the_prefix_once_and_nothing_else_does()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false, ConfigYaml = "auto_prefix: true" }, ("mail.csx", """"
            [McpServerTool(Name = "renamed")] string Original() => "renamed";
            [McpServerToolType] class More { [McpServerTool(Name = "mail_in_class")] public static string Any() => "in class"; }
            mcp.Tool("plain", "", () => "plain");
            mcp.Tool("mail_already", "", () => "already");
            mcp.Tool("mailing", "", () => "mailing");
            mcp.Tool("raw", "", """{"type":"object"}""", (call, ct) => new(new CallToolResult { Content = [new TextContentBlock { Text = "raw" }] }));
            mcp.Tool("grow", "", async () =>
            {
                await mcp.UpdateAsync(now => { now.Tool("late", "", () => "late"); now.Tool("mail_later", "", () => "later"); });
                return "grown";
            });
            mcp.Tool("shrink", "", async () =>
            {
                await mcp.UpdateAsync(now => { now.Remove("late"); now.Remove("mail_later"); now.Remove("plain"); });
                return "shrunk";
            });
            mcp.Prompt("ask", "", () => "?");
            mcp.Resource("mail://inbox", () => "");
            mcp.ResourceTemplate("mail://{id}", (string id) => id);
            mcp.Command("stats", "", p => 1);
            """"));
        Assert.Equal(
            "mail_already mail_grow mail_in_class mail_mailing mail_plain mail_raw mail_renamed mail_shrink", string.Join(' ', await host.ToolsAsync()));
        Assert.Equal(("plain", "already", "mailing", "raw", "renamed", "in class"),
            (await host.CallAsync("mail_plain"), await host.CallAsync("mail_already"), await host.CallAsync("mail_mailing"), await host.CallAsync("mail_raw"),
            await host.CallAsync("mail_renamed"), await host.CallAsync("mail_in_class")));
        var client = await host.Client;
        Assert.Equal(("ask", "mail://inbox", "mail://{id}"),
            ((await client.ListPromptsAsync()).Single().Name, (await client.ListResourcesAsync()).Single().Uri,
                (await client.ListResourceTemplatesAsync()).Single().UriTemplate));
        Assert.Equal("stats", Assert.Single(host.Server.Operations.Commands).Name);

        Assert.Equal("grown", await host.CallAsync("mail_grow"));
        Assert.Equal(("late", "later"), (await host.CallAsync("mail_late"), await host.CallAsync("mail_later")));
        Assert.Equal("shrunk", await host.CallAsync("mail_shrink"));
        Assert.Equal("mail_already mail_grow mail_in_class mail_mailing mail_raw mail_renamed mail_shrink", string.Join(' ', await host.ToolsAsync()));

        // Everything that was listed goes, whatever its name was in the script.
        await host.Registry.UnloadAsync("mail");
        Assert.Empty(await host.ToolsAsync());
    }

    [Fact]
    public async Task A_prefix_lets_two_plugins_have_a_tool_of_one_name()
    {
        const string Tool = """mcp.Tool("send", "", () => mcp.PluginName);""";
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = "auto_prefix: true" }, ("mail.csx", Tool), ("fax.csx", Tool));
        Assert.Equal(("mail", "fax"), (await host.CallAsync("mail_send"), await host.CallAsync("fax_send")));
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task A_name_that_is_too_long_with_its_prefix_is_a_load_problem_with_the_fix(int length, bool fits)
    {
        var name = new string('x', length - "mail_".Length);
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = "auto_prefix: true\nautoload: []" }, ("mail.csx", $"mcp.Tool(\"{name}\", \"\", () => 1);"));
        var result = await host.Registry.LoadAsync("mail");
        Assert.Equal(fits, result.Ok);
        if (fits)
            return;
        Assert.Equal(PluginStage.Register, result.Stage);
        Assert.Contains($"With its prefix, tool '{name}' becomes 'mail_{name}', which is not a tool name: 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.'. "
            + "Set another plugins.<name>.prefix.", result.Error);
    }

    [Fact]
    public async Task L13_A_plugin_that_is_turned_off_stays_off_whatever_its_own_settings_contain()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false, ConfigYaml = "plugins: {mail: {enabled: false}}" },
            ("mail.csx", """mcp.Tool("send", "", () => 1);"""), ("mail/config.yaml", "enabled: true\nprefix: mm\n"));
        Assert.Empty(await host.ToolsAsync());
        Assert.Equal("Error: Plugin 'mail' disabled in config", await host.CallAsync("proxy__load", new { plugin = "mail" }));
    }
}
