using McpScript.Configuration;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Lists: notifications of their changes, and pages.</summary>
public class ListSpecs
{
    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_save_sends_one_notification_for_each_list_that_it_changes(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, ("thing.csx", """mcp.Tool("one", "1", () => 1);"""));
        var client = await host.ConnectAsync();
        var tools = await NotificationRecorder.SubscribeAsync(client, NotificationMethods.ToolListChangedNotification);
        var (prompts, resources) =
            (NotificationRecorder.Attach(client, NotificationMethods.PromptListChangedNotification),
                NotificationRecorder.Attach(client, NotificationMethods.ResourceListChangedNotification));

        await host.Host.SaveAsync("thing.csx", """mcp.Tool("two", "2", () => 2);""");
        await tools.NextAsync();
        Assert.Equal("two", await client.ToolNamesAsync());

        await host.Host.SaveAsync("thing.csx", """mcp.Tool("two", "2", () => 2); mcp.Prompt("p", "", () => "x"); mcp.Resource("r://r", () => "x"); """
            + """mcp.ResourceTemplate("r://{x}", (string x) => x);""");
        await prompts.NextAsync();
        await resources.NextAsync();
        Assert.Equal("p", Assert.Single(await client.ListPromptsAsync()).Name);

        // The tools look as before, and resources and templates share one notification.
        await host.Host.SaveAsync("thing.csx", """mcp.Tool("three", "3", () => 3);""");
        await tools.NextAsync();
        await prompts.NextAsync();
        await resources.NextAsync();
        Assert.Equal((0, 0, 0), (tools.Waiting, prompts.Waiting, resources.Waiting));
    }

    [Fact]
    public async Task A_change_before_an_HTTP_session_listens_is_notified_once_when_it_does()
    {
        await using var host = await ReachedHost.StartAsync(Way.HttpInSession, ("thing.csx", """mcp.Tool("one", "1", () => 1);"""));
        await using var client = (RawHttp)await host.ConnectRawAsync();
        // Its stream is not open yet, so there is nowhere to send this.
        await host.Host.SaveAsync("thing.csx", """mcp.Tool("two", "2", () => 2);""");
        await host.Host.SaveAsync("thing.csx", """mcp.Tool("three", "3", () => 3);""");

        await using var messages = client.ListenAsync().GetAsyncEnumerator();
        Assert.Equal(NotificationMethods.ToolListChangedNotification, await NextAsync());
        await host.Host.SaveAsync("thing.csx", """mcp.Tool("three", "3", () => 3); mcp.Prompt("p", "", () => "x");""");
        Assert.Equal(NotificationMethods.PromptListChangedNotification, await NextAsync());

        async Task<string?> NextAsync()
        {
            Assert.True(await messages.MoveNextAsync().AsTask().WaitAsync(TestHost.Patience));
            return (string?)messages.Current["method"];
        }
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task Lists_come_in_pages_and_a_client_gets_them_all(Way way)
    {
        const string script = """
            for (var i = 1; i <= 5; i++)
            {
                var n = i;
                mcp.Tool($"t{n}", "", () => n);
                mcp.Prompt($"p{n}", "", () => $"{n}");
                mcp.Resource($"r://{n}", () => $"{n}");
                mcp.ResourceTemplate($"r{n}://{{x}}", (string x) => x);
            }
            """;
        await using var host = await ReachedHost.StartAsync(
            way, new TestSetup { Configure = config => config with { PageSize = 2, ManagementTools = ManagementTools.None } }, ("many.csx", script));
        var client = await host.ConnectAsync();

        Assert.Equal("t1 t2 t3 t4 t5", await client.ToolNamesAsync());
        Assert.Equal("p1 p2 p3 p4 p5", string.Join(' ', (await client.ListPromptsAsync()).Select(prompt => prompt.Name)));
        Assert.Equal("r://1 r://2 r://3 r://4 r://5", string.Join(' ', (await client.ListResourcesAsync()).Select(resource => resource.Uri)));
        Assert.Equal(5, (await client.ListResourceTemplatesAsync()).Count);

        var first = await client.ListToolsAsync(new ListToolsRequestParams());
        var second = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = first.NextCursor });
        var third = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = second.NextCursor });
        Assert.Equal((2, 2, 1, null), (first.Tools.Count, second.Tools.Count, third.Tools.Count, third.NextCursor));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_page_follows_the_one_before_even_if_the_list_has_changed_in_between(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, new TestSetup { Configure = config => config with { PageSize = 1 } },
            ("a.csx", """mcp.Tool("a", "", () => 1);"""), ("b.csx", """mcp.Tool("b", "", () => 1);"""), ("c.csx", """mcp.Tool("c", "", () => 1);"""));
        var client = await host.ConnectAsync();
        var first = await client.ListToolsAsync(new ListToolsRequestParams());

        await host.Host.ChangeAsync("a", () => host.Host.Folder.Delete("a.csx"));
        var second = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = first.NextCursor });
        Assert.Equal("b", Assert.Single(second.Tools).Name);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task An_invented_cursor_is_an_invalid_parameter(Way way)
    {
        await using var host = await ReachedHost.StartAsync(
            way, ("a.csx", """mcp.Tool("a", "", () => 1); mcp.Prompt("p", "", () => ""); mcp.Resource("r://r", () => "");"""));
        var client = await host.ConnectAsync();

        Func<Task>[] asked =
        [
            async () => await client.ListToolsAsync(new ListToolsRequestParams { Cursor = "?" }),
            async () => await client.ListPromptsAsync(new ListPromptsRequestParams { Cursor = "?" }),
            async () => await client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = "?" }),
            async () => await client.ListResourceTemplatesAsync(new ListResourceTemplatesRequestParams { Cursor = "?" }),
        ];
        foreach (var ask in asked)
        {
            var error = await Assert.ThrowsAsync<McpProtocolException>(ask);
            Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
            Assert.Contains("start again without one", error.Message);
        }
    }
}
