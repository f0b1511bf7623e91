using McpScript.Specs.Management;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Client;

/// <summary>mcp-client with its lines in a file.</summary>
[Collection<ClientServers>]
public class ClientScriptSpecs(ClientServer server)
{
    const string Script = """
        # All that can be done at the prompt, except what needs answers of a user.
        resources
        prompts
        schema convert
        schema forecast
        call greet {"name": "Ada"}
        greet name="Ada Lovelace"
        greet Ada Lovelace
        LIGHT
        light
        light on=off times=2
        light on=perhaps times=2.5
        convert length=1
        convert 1 cm
        forecast Oslo
        draw_dot
        fail
        read notes://{id} id=2
        read notes://7
        prompt translate topic=cats to=German tone=formal
        prompt translate topic=cats
        subscribe sensor://temperature
        unsubscribe sensor://humidity
        log loud
        log warning
        toolz
        gret Ada
        call
        greet name="Ada
        refresh
        """;

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task A_script_continues_after_failures_with_the_option_and_prints_the_same_in_both_eras(string revision)
    {
        var script = server.Site.Write($"script-{revision}", Script);
        var ran = await RunMergedAsync("http", server.Url, "--protocol", revision, "--script", script, "--keep-going");
        ApprovedFile.Matches("script", ran.Output);
        Assert.Equal(1, ran.Code);
        Assert.DoesNotContain('\e', ran.Output);
    }

    [Fact]
    public async Task A_script_stops_at_the_first_failure()
    {
        var ran = await server.RunAsync("http", server.Url, "--script", server.Site.Write("stops", "greet Ada\nlight on=perhaps\ngreet Eve\n"));
        Assert.Equal(2, ran.Code);
        Assert.Contains("Hello, Ada!", ran.Output);
        Assert.Contains("mcp> light on=perhaps", ran.Output);
        Assert.DoesNotContain("Eve", ran.Output);
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task Log_messages_of_a_tool_are_shown_on_request(string revision)
    {
        var ran = await server.RunAsync("stdio", "--protocol", revision, "--script", server.Site.Write("logs", "log warning\ntidy_up\n"), "--",
            BuiltProgram.Path, "-d", server.Site.Plugins, "-a", "logging");
        Assert.Equal((0, "[warning] tidy_up: Found 2 socks."), (ran.Code, ran.Errors));
        Assert.Contains("All tidy.", ran.Output);
    }

    [Fact]
    public async Task Lines_can_be_piped()
    {
        await using var client = ProxyProcess.Start(server.Site, BuiltProgram.Client, ["http", server.Url]);
        await client.WriteLineAsync("greet Ada");
        await client.WriteLineAsync("nonsense");
        await client.WriteLineAsync("greet Eve");
        await client.WriteLineAsync("quit");
        Assert.Equal(1, await client.ExitAsync());
        Assert.Contains("Hello, Eve!", client.Output.Text);
        Assert.Contains("Tool 'nonsense' not found.", client.Errors.Text);
    }

    [Fact]
    public async Task A_missing_script_ends_with_2()
    {
        var ran = await server.RunAsync("http", server.Url, "--script", "nowhere");
        Assert.Equal((2, true), (ran.Code, ran.Errors.StartsWith("The script 'nowhere' cannot be read.")));
    }

    // Both streams as one, in their order.
    async Task<RunResult> RunMergedAsync(params string[] arguments)
    {
        await using var client = ProxyProcess.Start(server.Site, "sh", ["-c", "exec \"$0\" \"$@\" 2>&1", BuiltProgram.Client, .. arguments]);
        client.EndInput();
        return new(await client.ExitAsync(), client.Output.Text, "");
    }
}
