using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class CommandLineSpecs
{
    [Fact]
    public async Task Help_names_the_command_and_every_option()
    {
        using var site = new ProxySite();
        await using var proxy = ProxyProcess.Start(site, "--help");
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.All(["-a, --autoload <NAME>", "-c, --config <FILE>", "--http <PORT>", "--health-port <PORT>", "--mgmt-port <PORT>", "--mgmt-token",
            "-d, --plugin-dir <DIR>", "--watch", "--strict", "--version", "  serve  "], option => Assert.Contains(option, proxy.Output.Text));
        Assert.Empty(proxy.Errors.Lines);
    }

    [Theory]
    [InlineData("'--wacht'", "serve", "--wacht")]
    [InlineData("'sevre'", "sevre")]
    [InlineData("--http takes a port from 0 to 65535, not 99999.", "--http", "99999")]
    [InlineData("--http", "--http", "many")]
    [InlineData("--config", "serve", "--config")]
    public async Task An_unknown_option_is_reported_on_stderr_and_ends_with_2(string told, params string[] arguments)
    {
        using var site = new ProxySite();
        await using var proxy = ProxyProcess.Start(site, arguments);
        Assert.Equal(2, await proxy.ExitAsync());
        Assert.Contains(told, proxy.Errors.Text);
        Assert.Contains("mcp-proxy --help", proxy.Errors.Text);
        Assert.Empty(proxy.Output.Lines);
    }

    [Theory]
    [InlineData("--autoload", "echo", "serve")]
    [InlineData("-a", "echo", "--http", "0", "serve")]
    [InlineData("serve", "-a", "echo")]
    [InlineData("-a", "echo")]
    public async Task Options_may_stand_before_or_after_the_command(params string[] arguments)
    {
        using var site = new ProxySite();
        await using var proxy = await ProxyProcess.StartReadyAsync(site, ["-d", BuiltProgram.DemoPlugins, .. arguments]);
        var ready = await proxy.ReadyAsync();
        Assert.Equal((1, 2), (ready.Plugins, ready.Tools));
        Assert.Equal(arguments.Contains("--http"), ready.Mcp is not null);
    }

    [Fact]
    public async Task Several_plugins_and_several_folders_can_be_named()
    {
        using var site = new ProxySite();
        site.Write("x/one.csx", Say.Script("one"));
        site.Write("x/three.csx", Say.Script("three"));
        site.Write("y/two.csx", """mcp.Tool("two", "Is two.", () => "two");""");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "-a", "one", "two", "-d", "x", "-d", "y");
        Assert.Equal((2, 2), ((await proxy.ReadyAsync()).Plugins, (await proxy.ReadyAsync()).Tools));
    }
}
