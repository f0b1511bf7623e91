using McpScript.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Management;

/// <summary><c>proxy__run</c>, for clients that never read a changed list.</summary>
public class DynamicDispatchSpecs
{
    const string Hint = "\n\nThese tools are dynamically loaded. Call them via proxy__run(tool='<name>', arguments={...}). Example: proxy__run(tool='greet')";
    const string Echo = """mcp.Tool("echo", "Echoes.", (string message) => $"echo: {message}");""";
    const string Greet = """
        record Greeting(string Text, int Length);
        mcp.Tool("greet", "Greets.", (string name) => new Greeting($"Hello, {name}!", name.Length));
        mcp.Tool("trouble", "Always is.", () => { throw new McpException("that went wrong"); return 0; });
        mcp.Tool("picture", "Draws.", () => ImageContentBlock.FromBytes(new byte[] { 1 }, "image/png"));
        """;

    static readonly TestSetup Setup = new() { Autoload = [new("echo")], Watch = false, Configure = config => config with { DynamicDispatch = true } };

    [Fact]
    public async Task A_tool_loaded_later_is_run_with_its_own_result_and_a_static_one_is_refused()
    {
        await using var host = await TestHost.StartAsync(Setup, ("echo.csx", Echo), ("greet.csx", Greet));
        Assert.Equal("Error: 'greet' not found. Available dynamic tools: (none)", await RefusedAsync(host, "greet"));
        Assert.Equal("Loaded 'greet': greet, trouble, picture" + Hint, await host.CallAsync("proxy__load", new { plugin = "greet" }));

        var through = await host.CallForResultAsync("proxy__run", new { tool = "greet", arguments = new { name = "Ada" } });
        var direct = await host.CallForResultAsync("greet", new { name = "Ada" });
        Assert.Equal(Json(direct), Json(through));
        Assert.Equal("""{"text":"Hello, Ada!","length":3}""", through.StructuredContent?.GetRawText());
        Assert.IsType<ImageContentBlock>(Assert.Single((await host.CallForResultAsync("proxy__run", new { tool = "picture" })).Content));

        Assert.Equal("Error: 'echo' is a static tool — call it directly, not via proxy__run.", await RefusedAsync(host, "echo"));
        Assert.Equal("Error: 'nope' not found. Available dynamic tools: greet, picture, trouble", await RefusedAsync(host, "nope"));
    }

    [Fact]
    public async Task L14_Errors_come_back_as_errors_as_from_a_direct_call()
    {
        await using var host = await TestHost.StartAsync(Setup, ("echo.csx", Echo), ("greet.csx", Greet));
        await host.Registry.LoadAsync("greet");
        foreach (var (tool, arguments) in new[] { ("trouble", new Dictionary<string, object?>()), ("greet", []), ("greet", new() { ["name"] = 5 }) })
        {
            var direct = await host.CallForResultAsync(tool, arguments);
            Assert.True(direct.IsError);
            Assert.Equal(Json(direct), Json(await host.CallForResultAsync("proxy__run", new { tool, arguments })));
        }
        Assert.Contains("that went wrong", await host.CallAsync("proxy__run", new { tool = "trouble" }));
    }

    [Theory]
    [InlineData("""{}""", "Error: 'tool' is missing; it should be the name of a dynamic tool. proxy__tools(dynamic_only=true) lists them.")]
    [InlineData("""{"tool":5}""", "Error: 'tool' is missing; it should be the name of a dynamic tool. proxy__tools(dynamic_only=true) lists them.")]
    [InlineData("""{"tool":"greet","arguments":"name=Ada"}""", "Error: 'arguments' should be an object with the tool's arguments by name.")]
    [InlineData("""{"tool":"greet","arguments":["Ada"]}""", "Error: 'arguments' should be an object with the tool's arguments by name.")]
    public async Task Wrong_arguments_are_explained(string arguments, string answer)
    {
        await using var host = await TestHost.StartAsync(Setup, ("echo.csx", Echo), ("greet.csx", Greet));
        await host.Registry.LoadAsync("greet");
        var result = await host.CallForResultAsync("proxy__run", System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments));
        Assert.Equal((answer, true), (Text(result), result.IsError));
    }

    [Theory]
    [InlineData("proxy__status")]
    [InlineData("proxy__unload")]
    [InlineData("proxy__run")]
    public async Task The_proxys_own_tools_cannot_be_run_through_it(string tool)
    {
        await using var host = await TestHost.StartAsync(Setup, ("echo.csx", Echo));
        Assert.Equal($"Error: '{tool}' not found. Available dynamic tools: (none)", await RefusedAsync(host, tool));
        Assert.Equal(["echo"], await host.ToolsAsync());
    }

    [Fact]
    public async Task L14_Static_is_a_plugin_and_its_tool_over_reloads_until_it_is_unloaded()
    {
        await using var host = await TestHost.StartAsync(
            Setup, ("echo.csx", Echo), ("other.csx", """mcp.Tool("echo", "Echoes.", (string message) => "other");"""));
        // No hint for what clients have known from the start; a tool that a reload brings is new to them.
        host.Folder.Write("echo.csx", Echo + """mcp.Tool("fresh", "Is new.", () => "fresh");""");
        Assert.Equal("Reloaded 'echo': echo, fresh", await host.CallAsync("proxy__reload", new { plugin = "echo" }));
        Assert.Equal("fresh", await host.CallAsync("proxy__tools", new { dynamic_only = true }));
        Assert.Equal("fresh", await host.CallAsync("proxy__run", new { tool = "fresh" }));
        Assert.StartsWith("Error: 'echo' is a static tool", await RefusedAsync(host, "echo"));

        // Unloaded, it is no tool at all; of another plugin, or loaded again, it is a new one.
        await host.Registry.UnloadAsync("echo");
        Assert.Equal("Error: 'echo' not found. Available dynamic tools: (none)", await RefusedAsync(host, "echo"));
        await host.Registry.LoadAsync("other");
        Assert.Equal("other", await host.CallAsync("proxy__run", new { tool = "echo", arguments = new { message = "hi" } }));
        await host.Registry.UnloadAsync("other");
        Assert.Equal("Loaded 'echo': echo, fresh" + Hint.Replace("greet", "echo"), await host.CallAsync("proxy__load", new { plugin = "echo" }));
        Assert.Equal("echo: hi", await host.CallAsync("proxy__run", new { tool = "echo", arguments = new { message = "hi" } }));
        // Listed and callable directly all the same.
        Assert.Equal("echo: hi", await host.CallAsync("echo", new { message = "hi" }));
    }

    [Fact]
    public async Task Without_dynamic_dispatch_there_is_no_such_tool_and_no_hint()
    {
        await using var host = await TestHost.StartAsync(Setup with { Configure = config => config }, ("echo.csx", Echo), ("greet.csx", Greet));
        Assert.Equal("Loaded 'greet': greet, trouble, picture", await host.CallAsync("proxy__load", new { plugin = "greet" }));
        var unknown = await Assert.ThrowsAsync<McpProtocolException>(() => host.CallAsync("proxy__run", new { tool = "greet" }));
        Assert.Contains("Unknown tool: 'proxy__run'", unknown.Message);
    }

    static async Task<string> RefusedAsync(TestHost host, string tool)
    {
        var result = await host.CallForResultAsync("proxy__run", new { tool });
        Assert.True(result.IsError);
        return Text(result);
    }

    static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    static string Json(CallToolResult result) => System.Text.Json.JsonSerializer.Serialize(result, McpJsonUtilities.DefaultOptions);
}
