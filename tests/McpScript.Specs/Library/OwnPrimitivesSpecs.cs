using McpScript.Configuration;
using McpScript.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Library;

/// <summary>Primitives of the program itself: in the same catalog as those of plugins, and changed by the same single swap.</summary>
public class OwnPrimitivesSpecs
{
    public static TheoryData<string> Eras { get; } = [ListRecorder.SessionEra, ListRecorder.StatelessEra];

    static readonly TestSetup Setup = new()
    {
        Watch = false,
        Offer = own =>
        {
            own.Tool("hello", "Greet a person.", (string name) => $"Hello, {name}!");
            own.Resource("own://status", () => "fine");
            own.ResourceTemplate("own://{id}", (string id) => $"item {id}");
            own.Prompt("ask", "Ask about a colour.", (string colour) => $"Why is it {colour}?");
            own.Complete("ask", "colour", typed => new[] { "red", "green", "grey" }.Where(word => word.StartsWith(typed)));
        },
    };

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task A_client_finds_own_items_beside_the_tools_of_plugins(string era)
    {
        await using var host = await TestHost.StartAsync(Setup, ("echo.csx", """mcp.Tool("echo", "Echoes.", (string text) => text);"""));
        var client = await host.ConnectAsync(era);

        Assert.Equal(["echo", "hello"], await client.ListPluginToolsAsync());
        var result = await client.CallToolAsync("hello", new Dictionary<string, object?> { ["name"] = "Ada" });
        Assert.Equal("Hello, Ada!", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        Assert.Equal("fine", TextOf(await client.ReadResourceAsync("own://status")));
        Assert.Equal("item 7", TextOf(await client.ReadResourceAsync("own://7")));
        var prompt = await client.GetPromptAsync("ask", new Dictionary<string, object?> { ["colour"] = "blue" });
        Assert.Equal("Why is it blue?", Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text);
        var completion = await client.CompleteAsync(new PromptReference { Name = "ask" }, "colour", "gr");
        Assert.Equal(["green", "grey"], completion.Completion.Values);
        // Names of plugins only: that is what an operator loads and unloads.
        Assert.Equal(["echo"], host.Registry.AllTools);
    }

    [Fact]
    public async Task A_plugin_cannot_take_the_names_of_own_items()
    {
        await using var host = await TestHost.StartAsync(Setup,
            ("a.csx", """mcp.Tool("hello", "Takes it.", () => 1);"""),
            ("b.csx", """mcp.Prompt("ask", "Takes it.", () => "");"""),
            ("c.csx", """mcp.Resource("own://status", () => "taken");"""),
            ("d.csx", """mcp.Tool("other", "Takes nothing.", () => 1);"""));
        Assert.Equal(["hello", "other"], await host.ToolsAsync());
        Assert.Equal(
            [
                "The tool name 'hello' is reserved for the host. Give it another name.",
                "The prompt name 'ask' is reserved for the host. Give it another name.",
                "The resource name 'own://status' is reserved for the host. Give it another name.",
            ],
            host.Registry.Failures.Select(failure => failure.Problems.Single().Message));
    }

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task Own_items_change_in_one_swap_with_one_notification(string era)
    {
        await using var host = await TestHost.StartAsync(Setup, ("echo.csx", """mcp.Tool("echo", "Echoes.", (string text) => text);"""));
        var recorder = await ListRecorder.OpenAsync(host, era);

        await host.Server.UpdateAsync(own =>
        {
            own.Tool("hello", "Greet another person.", () => "Hello, you!");
            own.Tool("bye", "Say goodbye.", () => "Bye!");
            Assert.True(own.Remove("ask"));
            Assert.False(own.Remove("echo"));
            Assert.False(own.Remove("proxy__status"));
        });

        await TestHost.UntilAsync(() => recorder.All is ( >= 1, >= 1, _), "the change is received");
        await recorder.CatchUpAsync();
        Assert.Equal((1, 1, 0), recorder.All);
        Assert.Equal(["bye", "echo", "hello"], await recorder.Client.ListPluginToolsAsync());
        Assert.Contains(await recorder.Client.ListToolsAsync(), tool => tool.Name == "proxy__status");
        Assert.Empty(await recorder.Client.ListPromptsAsync());
        Assert.Equal("Hello, you!", await host.CallAsync("hello"));
    }

    [Fact]
    public async Task A_change_with_a_taken_name_changes_nothing()
    {
        await using var host = await TestHost.StartAsync(Setup, ("echo.csx", """mcp.Tool("echo", "Echoes.", (string text) => text);"""));

        var plugins = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Server.UpdateAsync(own =>
        {
            own.Tool("new", "Is new.", () => 1);
            own.Tool("echo", "Is taken.", () => 1);
        }));
        Assert.Equal("The tool 'echo' is already offered by plugin 'echo'. Give yours another name, or unload 'echo'.", plugins.Message);
        var hosts = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Server.UpdateAsync(own => own.Tool("proxy__status", "Is taken.", () => 1)));
        Assert.Equal("'proxy__status' is already offered by the host. Give yours another name.", hosts.Message);
        Assert.Equal(["echo", "hello"], await host.ToolsAsync());

        Assert.True((await host.Registry.UnloadAsync("echo")).Ok);
        await host.Server.UpdateAsync(own => own.Tool("echo", "Is free now.", () => "mine"));
        Assert.Equal("mine", await host.CallAsync("echo"));
    }

    [Fact]
    public async Task A_registration_too_early_or_too_late_names_the_correct_method()
    {
        await using var server = Alone();
        var early = await Assert.ThrowsAsync<InvalidOperationException>(() => server.UpdateAsync(own => own.Tool("early", "Is early.", () => 1)));
        Assert.Equal("The server has not started yet. Until then, call server.Tool(…), server.Prompt(…) and the like directly.", early.Message);
        await server.StartAsync();
        var late = Assert.Throws<InvalidOperationException>(() => server.Tool("late", "Is late.", () => 1));
        Assert.Equal("The server has started already. To change what it offers, await server.UpdateAsync(own => …).", late.Message);
    }

    [Fact]
    public async Task All_invalid_items_are_reported_at_the_start()
    {
        await using var server = Alone();
        server.Tool("twice", "", () => 1);
        server.Tool("twice", "", () => 2);
        server.Tool("unfillable", "", (Stream input) => 1);
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync());
        Assert.Contains("'twice' is registered 2 times", thrown.Message);
        Assert.Contains("Parameter 'input' of tool 'unfillable'", thrown.Message);
    }

    static McpScriptServer Alone() => McpScriptServer.Create(new() { ToolLog = ToolLogDetail.Off }, NullLoggerFactory.Instance);

    static string TextOf(ReadResourceResult result) => Assert.IsType<TextResourceContents>(Assert.Single(result.Contents)).Text;
}
