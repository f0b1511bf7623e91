using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class StdioClientSpecs
{
    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_csharp_client_lists_and_calls_the_demo_tools_over_stdio(string era)
    {
        using var site = new ProxySite();
        await using var proxy = await StdioClient.ConnectAsync(site, era, "serve", "-d", BuiltProgram.DemoPlugins);
        Assert.Equal(era, proxy.Client.NegotiatedProtocolVersion);
        await DemoAnswers.CheckAsync(proxy.Client);
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task An_edit_reaches_a_stdio_client_while_it_stays_connected(string era)
    {
        using var site = new ProxySite(("say.csx", Say.Script("one")));
        await using var proxy = await StdioClient.ConnectAsync(site, era, "serve", "--watch");
        var tools = await ToolListRecorder.SubscribeAsync(proxy.Client);
        Assert.Equal("one", await proxy.Client.SayAsync("say"));

        site.Save("say.csx", Say.Script("two"));
        await tools.NextAsync();
        Assert.Equal("two", await proxy.Client.SayAsync("say"));
        Assert.Equal("Says two.", await proxy.Client.DescriptionAsync("say"));
    }
}
