using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>The commands of the program against a running one, which they find by its run file.</summary>
[Collection(nameof(ManagedProxy))]
public class CliSpecs(ManagedProxy managed) : IAsyncDisposable
{
    readonly ProxySite _site = managed.Site;
    readonly ProxyProcess _proxy = managed.Process;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(managed.RestoreAsync());

    [Fact]
    public async Task Status_shows_what_is_loaded_and_what_failed()
    {
        await managed.StatusAtRestAsync();
        await _proxy.ChangeAsync("load", "many");
        await _proxy.ChangeAsync("load", "broken");
        Assert.Equal($"""
            Plugins: 4, Tools: 10
              echo: echo, echo_upper
              full: full
              ops:
              many: many_1, many_2, many_3, many_4, many_5 (+2 more)
              broken: [failed]
              broken failed to compile: {_site["plugins/broken.csx"]}(2,40): The name 'missing' does not exist in the current context
            """, (await _site.SayAsync("status")).Replace("ops: \n", "ops:\n"));
    }

    [Fact]
    public async Task Load_reload_and_unload_print_their_outcome()
    {
        Assert.Equal("Load 'greet': greet", await _site.SayAsync("load", "greet"));
        Assert.Equal(new(1, "", "Error: Plugin 'greet' already loaded"), await _site.RunAsync("load", "greet"));
        Assert.Equal("Reload 'greet': greet", await _site.SayAsync("reload", "greet"));
        Assert.Equal("Unload 'greet': greet", await _site.SayAsync("unload", "greet"));
        Assert.Equal(new(1, "", "Error: Plugin 'greet' not loaded"), await _site.RunAsync("unload", "greet"));
        Assert.Equal(new(1, "", "Error: Plugin 'nope' not found"), await _site.RunAsync("load", "nope"));
    }

    [Fact]
    public async Task A_failed_reload_prints_each_problem_with_its_line_and_a_caret()
    {
        _site.Save("bad.csx", """mcp.Tool("bad", "Is good.", () => 1);""");
        await _proxy.ChangeAsync("load", "bad");
        var file = _site["plugins/bad.csx"];
        _site.Save("bad.csx", "var a = one;\n  mcp.Tool(\"bad\", \"Is bad.\", () => two);");
        var ran = await _site.RunAsync("reload", "bad");
        Assert.Equal(new(1, "", $"""
            Error: Plugin 'bad' failed to compile: {file}(1,9): error CS0103: The name 'one' does not exist in the current context (and 1 more)
            - {file}(1,9): error CS0103: The name 'one' does not exist in the current context
                var a = one;
                        ^
            - {file}(2,36): error CS0103: The name 'two' does not exist in the current context
                mcp.Tool("bad", "Is bad.", () => two);
                                                 ^
            """), ran);
        Assert.Contains("  bad: [live, last reload failed] bad\n", await _site.SayAsync("status"));
        Assert.Contains("  bad (loaded, last reload failed)\n", await _site.SayAsync("list"));
    }

    [Fact]
    public async Task The_lists_are_plain_lines()
    {
        Assert.Equal("echo\necho_upper\nfull", await _site.SayAsync("tools"));
        Assert.Equal("(no dynamic tools loaded)", await _site.SayAsync("tools", "--dynamic"));
        await _proxy.ChangeAsync("load", "greet");
        Assert.Equal("greet", await _site.SayAsync("tools", "--dynamic"));
        await _proxy.ChangeAsync("unload", "greet");

        _site.Write("plugins/greet/config.yaml", "description: Says hello.\n");
        Assert.Equal(
            "  broken\n  clash\n  echo (loaded)\n  full (loaded)\n  greet — Says hello.\n  many\n  ops (loaded)\n  thrower", await _site.SayAsync("list"));
        Directory.Delete(_site["plugins/greet"], recursive: true);
        Assert.Equal("  add — Adds. (ops)\n  ends — Ends by itself. (ops)\n  fails — Fails. (ops)\n  stats — Count the plugins. (ops)",
            await _site.SayAsync("commands"));

        await _proxy.ChangeAsync("unload", "greet");
        Assert.Contains("WARNING: Plugin 'greet' not loaded", await _site.SayAsync("logs", "-n", "5"));
        Assert.Single((await _site.SayAsync("logs", "-n", "1")).Split('\n'));
        Assert.Equal(2, (await _site.SayAsync("logs", "--tail", "2")).Split('\n').Length);
    }

    [Fact]
    public async Task Commands_of_plugins_are_run_with_arguments_as_key_and_value()
    {
        Assert.Equal("3 plugins", await _site.SayAsync("run-command", "stats"));
        Assert.Equal("5", await _site.SayAsync("run-command", "add", "a=2", "b=3"));
        Assert.Equal(new(1, "", "Error: Command 'fails' failed: no luck"), await _site.RunAsync("run-command", "fails"));
        Assert.Equal(new(1, "", "Error: Unknown command: nope"), await _site.RunAsync("run-command", "nope"));
        var text = await _site.RunAsync("run-command", "add", "a=two", "b=3");
        Assert.Equal(1, text.Code);
        Assert.StartsWith("Error: Command 'add' failed: ", text.Errors);
    }

    [Fact]
    public async Task Json_prints_the_answer_of_the_API_also_when_it_is_a_refusal()
    {
        Assert.Equal((await managed.StatusAtRestAsync()).Text, Json(await _site.SayAsync("status", "--json")));
        Assert.Equal("""{"available":[""", Json(await _site.SayAsync("--mgmt-port", $"{(await _proxy.ReadyAsync()).Management.Port}", "list", "--json"))[..14]);
        Assert.Equal("""{"command":"stats","result":"3 plugins"}""", Json(await _site.SayAsync("run-command", "stats", "--json")));
        var refused = await _site.RunAsync("load", "nope", "--json");
        Assert.Equal((1, ""), (refused.Code, refused.Errors));
        Assert.Equal(
            """{"ok":false,"error":"Plugin 'nope' not found","stage":"resolve","problems":[{"message":"Plugin 'nope' not found"}]}""", Json(refused.Output));
    }

    [Theory]
    [InlineData("Required argument 'PLUGIN' missing", "load")]
    [InlineData("Required argument 'NAME' missing", "run-command")]
    [InlineData("'novalue' should be key=value.", "run-command", "add", "novalue")]
    [InlineData("'=1' should be key=value.", "run-command", "add", "=1")]
    [InlineData("many", "logs", "-n", "many")]
    [InlineData("'extra'", "status", "extra")]
    [InlineData("--mgmt-port takes a port from 0 to 65535, not 70000.", "status", "--mgmt-port", "70000")]
    public async Task Wrong_usage_is_reported_on_stderr_and_ends_with_2(string told, params string[] arguments)
    {
        var ran = await _site.RunAsync(arguments);
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains(told, ran.Errors);
        Assert.EndsWith("'mcp-proxy --help' lists the options.", ran.Errors);
    }

    [Fact]
    public async Task R5_The_management_port_may_stand_before_or_after_the_command()
    {
        // Another home, where no run file leads to the proxy.
        using var elsewhere = new ProxySite();
        var port = $"{(await _proxy.ReadyAsync()).Management.Port}";
        await managed.StatusAtRestAsync();
        var status = await _site.SayAsync("status");
        Assert.Equal(status, await elsewhere.SayAsync("--mgmt-port", port, "status"));
        Assert.Equal(status, await elsewhere.SayAsync("status", "--mgmt-port", port));
    }

    [Fact]
    public async Task A_port_without_a_server_or_with_another_server_is_reported_as_such()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Equal(
            new(1, "", $"Cannot connect to management API on port {port}. Is the proxy running?"), await _site.RunAsync("status", "--mgmt-port", $"{port}"));

        var health = (await _proxy.ReadyAsync()).Health!.Port;
        Assert.Equal(
            new(1, "", $"The server on port {health} is not the management API of mcp-proxy."), await _site.RunAsync("status", "--mgmt-port", $"{health}"));
    }

    [Fact]
    public async Task Events_are_a_line_each_until_the_command_is_ended()
    {
        await using var plain = ProxyProcess.Start(_site, "events");
        await using var json = ProxyProcess.Start(_site, "events", "--json");
        // It does not say when it has begun to follow, so something happens until both have received it.
        while (plain.Output.Lines.Count == 0 || json.Output.Lines.Count == 0)
        {
            await _proxy.ChangeAsync("load", "greet");
            await _proxy.ChangeAsync("unload", "greet");
        }
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3} load    greet, added greet in [\d.]+ ms$", await plain.Output.WaitForAsync(" load "));
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3} unload  greet, removed greet in [\d.]+ ms$", await plain.Output.WaitForAsync(" unload "));
        var told = JsonNode.Parse(await json.Output.WaitForAsync("\"unload\""))!;
        Assert.Equal(("unload", "greet"), ((string?)told["event"], (string?)told["data"]!["plugin"]));

        plain.Send(Signal.Interrupt);
        Assert.Equal(130, await plain.ExitAsync());
    }

    static string Json(string text) => JsonNode.Parse(text)!.ToJsonString(
        new(System.Text.Json.JsonSerializerOptions.Default) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
