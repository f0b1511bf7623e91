using System.Text.Json.Nodes;
using McpScript.Specs.Management;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Client;

/// <summary>mcp-client for one request, as shells and scripts use it.</summary>
[Collection<ClientServers>]
public class ClientOneShotSpecs(ClientServer server)
{
    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task A_tool_is_called_over_http(string revision) =>
        Assert.Equal(
            new RunResult(0, "Hello, Ada Lovelace!", ""), await server.RunAsync("call", "--protocol", revision, server.Url, "greet", "name=Ada Lovelace"));

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task A_tool_is_called_over_stdio_and_the_server_gets_the_whole_environment(string revision) =>
        Assert.Equal(new RunResult(0, "passed on", ""),
            await server.RunAsync("call", "--protocol", revision, "--", BuiltProgram.Path, "-d", server.Site.Plugins, "--autoload", "waiting", "::", "word"));

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task Content_with_annotations_is_shown(string revision)
    {
        var folder = Path.Combine(BuiltProgram.DemoPlugins, "examples", "features");
        Assert.Equal(
            new RunResult(0, "3 files, 12 kB", ""),
            await server.RunAsync("call", "--protocol", revision, "--", BuiltProgram.Path, "-d", folder, "--autoload", "annotations", "::", "trash_report"));
    }

    [Fact]
    public async Task The_newest_common_revision_is_used()
    {
        var ran = await server.RunAsync("call", "-v", server.Url, "greet", "Ada");
        Assert.Equal((0, "Hello, Ada!"), (ran.Code, ran.Output));
        Assert.Contains($"connected, {Era.Stateless}", ran.Errors);
        Assert.Contains("""tools/call greet {"name":"Ada"}""", ran.Errors);
    }

    [Fact]
    public async Task Arguments_are_read_by_the_schema_or_as_json()
    {
        Assert.Equal("off x 3", (await server.RunAsync("call", server.Url, "light", "on=no", "times=3")).Output);
        Assert.Equal("off x 1", (await server.RunAsync("call", server.Url, "light", """{"on":false}""")).Output);
        Assert.Equal("3.94 inch", (await server.RunAsync("call", server.Url, "convert", "length=10", "unit=cm")).Output);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_end_with_2_and_all_problems()
    {
        var ran = await server.RunAsync("call", server.Url, "convert", "length=long", "unit=mile", "lenght=2");
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Equal("""
            Tool 'convert' was not called.
            - 'length' takes a number, not 'long'
            - 'unit' is one of cm, inch, not 'mile'
            - there is no argument 'lenght'. Did you mean 'length'?
            It takes length=… unit=…, or one JSON object.
            """, ran.Errors);
    }

    [Fact]
    public async Task Missing_arguments_are_named_without_a_terminal()
    {
        var ran = await server.RunAsync("call", server.Url, "convert", "length=1");
        Assert.Equal((2, "Tool 'convert' was not called.\n- 'unit' is missing: cm|inch, The unit of the length; "
            + "the answer is in the other one.\nGive it as unit=…"), (ran.Code, ran.Errors));
    }

    [Fact]
    public async Task A_tools_error_ends_with_1_and_stays_out_of_the_output()
    {
        var ran = await server.RunAsync("call", server.Url, "fail");
        Assert.Equal((1, ""), (ran.Code, ran.Output));
        Assert.Contains("The oven is cold.", ran.Errors);
    }

    [Fact]
    public async Task An_unknown_tool_ends_with_1_and_the_nearest()
    {
        var ran = await server.RunAsync("call", server.Url, "gret", "name=Ada");
        Assert.Equal((1, "Tool 'gret' not found. Use 'tools' to list available tools.\nDid you mean 'greet'?"), (ran.Code, ran.Errors));
    }

    [Fact]
    public async Task Json_is_the_servers_own_result()
    {
        var ran = await server.RunAsync("call", "--json", server.Url, "forecast", "city=Oslo");
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.Equal(21.5, JsonNode.Parse(ran.Output)!["structuredContent"]!["celsius"]!.GetValue<double>());

        var failed = await server.RunAsync("call", "--json", server.Url, "fail");
        Assert.Equal((1, true), (failed.Code, JsonNode.Parse(failed.Output)!["isError"]!.GetValue<bool>()));
        var unknown = await server.RunAsync("call", "--json", server.Url, "gret");
        Assert.Equal((1, "Tool 'gret' not found. Use 'tools' to list available tools."),
            (unknown.Code, JsonNode.Parse(unknown.Output)!["error"]!["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Tools_resources_and_prompts_can_be_read_too()
    {
        var tools = await server.RunAsync("tools", server.Url);
        Assert.Contains("greet                           Greet a person by name.", tools.Output);
        Assert.Equal(new RunResult(0, "Buy milk.", ""), await server.RunAsync("read", server.Url, "notes://1"));
        Assert.Equal(new RunResult(0, "Call Ada.", ""), await server.RunAsync("read", server.Url, "notes://{id}", "id=2"));
        Assert.Equal(new RunResult(0, "user: Write about cats in German, in a formal tone.", ""),
            await server.RunAsync("prompt", server.Url, "translate", "topic=cats", "to=German", "tone=formal"));
        var refused = await server.RunAsync("read", server.Url, "nothing://here");
        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("The server refused.", refused.Errors);
    }

    [Fact]
    public async Task Images_are_described_and_saved()
    {
        var folder = server.Site["saved"];
        var ran = await server.RunAsync("call", "--save", folder, server.Url, "draw_dot");
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(new RunResult(0, $"[image image/png, {new FileInfo(file).Length} bytes; saved as {file}]", ""), ran);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(file)[..4]);
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task Roots_are_sent_when_they_are_given(string revision)
    {
        var ran = await server.RunAsync("call", "--protocol", revision, "--root", server.Site.Plugins, server.Url, "where_am_i");
        Assert.Equal(new RunResult(0, $"plugins: {new Uri(server.Site.Plugins)}", ""), ran);
    }

    [Fact]
    public async Task A_server_request_without_a_terminal_fails_the_call()
    {
        var ran = await server.RunAsync("call", server.Url, "book_table", "restaurant=Noma");
        Assert.Equal((1, ""), (ran.Code, ran.Output));
        Assert.NotEqual("", ran.Errors);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_reported_with_the_fix()
    {
        var ran = await server.RunAsync("call", "http://127.0.0.1:1/mcp", "greet");
        Assert.Equal((1, ""), (ran.Code, ran.Output));
        Assert.StartsWith("Cannot connect to http://127.0.0.1:1/mcp.\n- Connection refused\nIs the server running", ran.Errors);
        var program = await server.RunAsync("call", "--", "/nowhere/server", "::", "greet");
        Assert.Equal(1, program.Code);
        Assert.StartsWith("Cannot connect to /nowhere/server.", program.Errors);
    }

    [Theory]
    [InlineData("call")]
    [InlineData("call", "mcp-proxy", "greet")]
    [InlineData("call", "http://127.0.0.1:1/mcp")]
    [InlineData("http", "localhost:1")]
    [InlineData("tools", "--protocol", "2025-11-24", "http://127.0.0.1:1/mcp")]
    [InlineData("cal", "http://127.0.0.1:1/mcp")]
    public async Task A_wrong_command_line_ends_with_2(params string[] arguments)
    {
        var ran = await server.RunAsync(arguments);
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.NotEqual("", ran.Errors);
    }
}
