using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class HttpClientSpecs(DemoProxy demo) : IClassFixture<DemoProxy>
{
    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_csharp_client_lists_and_calls_the_demo_tools_over_http(string era)
    {
        var client = await demo.Process.ConnectAsync(era);
        Assert.Equal(era, client.NegotiatedProtocolVersion);
        await DemoAnswers.CheckAsync(client);
    }

    [Fact]
    public async Task A_client_with_a_choice_gets_the_newest_revision()
    {
        var client = await demo.Process.ConnectAsync();
        Assert.Equal((Era.Stateless, "MCP Proxy"), (client.NegotiatedProtocolVersion, client.ServerInfo?.Name));
    }

    [Fact]
    public async Task An_edit_reaches_http_clients_of_both_eras_while_they_stay_connected()
    {
        using var site = new ProxySite(("say.csx", Say.Script("one")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--watch", "--http", "0");
        var (older, newer) = (await proxy.ConnectAsync(Era.Sessions), await proxy.ConnectAsync(Era.Stateless));
        var (olderTools, newerTools) = (await ToolListRecorder.SubscribeAsync(older), await ToolListRecorder.SubscribeAsync(newer));
        Assert.Equal(("one", "one"), (await older.SayAsync("say"), await newer.SayAsync("say")));

        site.Save("say.csx", Say.Script("two"));
        await olderTools.NextAsync();
        await newerTools.NextAsync();
        Assert.Equal(("two", "two"), (await older.SayAsync("say"), await newer.SayAsync("say")));
        Assert.Equal(("Says two.", "Says two."), (await older.DescriptionAsync("say"), await newer.DescriptionAsync("say")));
    }

    [Fact]
    public async Task Without_file_events_changes_are_found_by_polling()
    {
        using var site = new ProxySite(("say.csx", Say.Script("one")));
        site.Environment["DOTNET_USE_POLLING_FILE_WATCHER"] = "1";
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--watch", "--http", "0");
        var client = await proxy.ConnectAsync();
        var tools = await ToolListRecorder.SubscribeAsync(client);

        site.Save("say.csx", Say.Script("two"));
        await tools.NextAsync();
        Assert.Equal("two", await client.SayAsync("say"));
    }
}
