using System.Text.Json;
using McpScript.Testing;
using McpScript.Testing.Processes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Processes;

public class CallLogProcessSpecs
{
    const string Echo = """mcp.Tool("echo", "Says it again.", (string message) => message);""";

    const string Asking = """
        mcp.Tool("ask", "Asks the user.", async (ModelContextProtocol.Server.McpServer server, CancellationToken ct) =>
        {
            var answer = await server.ElicitAsync(new()
            {
                Message = "Who are you?",
                RequestedSchema = new()
                {
                    Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { ["name"] = new ElicitRequestParams.StringSchema() },
                },
            }, ct);
            return $"Hello, {answer.Content!["name"].GetString()}!";
        });
        """;

    [Fact]
    public async Task S8_The_log_is_in_the_home_private_to_its_owner_and_complete_when_the_program_ends()
    {
        using var site = new ProxySite(("echo.csx", Echo));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        await proxy.Errors.WaitForAsync($"Tool call log: {Log(site)}");
        var client = await proxy.ConnectAsync();
        await client.SayAsync("echo", ("message", "hi"));

        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());

        Assert.Equal("hi", Assert.Single(Entries(site)).GetProperty("params").GetProperty("message").GetString());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log(site)));
    }

    [Fact]
    public async Task A_session_is_distinguished_without_showing_its_id()
    {
        using var site = new ProxySite(("echo.csx", Echo));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var client = await proxy.ConnectAsync(Era.Sessions);
        await client.SayAsync("echo", ("message", "hi"));
        proxy.Send(Signal.Terminate);
        await proxy.ExitAsync();

        Assert.Equal(client.SessionId![..8], Assert.Single(Entries(site)).GetProperty("session").GetString());
        Assert.DoesNotContain(client.SessionId!, File.ReadAllText(Log(site)));
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task A_call_that_sends_requests_to_its_client_is_one_entry(string era)
    {
        using var site = new ProxySite(("asking.csx", Asking));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        await using (var client = await McpClient.CreateAsync(
            new HttpClientTransport(new() { Endpoint = (await proxy.ReadyAsync()).Mcp!, TransportMode = HttpTransportMode.StreamableHttp }),
            new()
            {
                ProtocolVersion = era, DiscoverProbeTimeout = TestHost.Patience,
                Handlers = new() { ElicitationHandler = (_, _) => new(new ElicitResult { Action = "accept", Content = Named("Ann") }) }
            }))
            Assert.Equal("Hello, Ann!", await client.SayAsync("ask"));
        proxy.Send(Signal.Terminate);
        await proxy.ExitAsync();

        var entry = Assert.Single(Entries(site));
        Assert.Equal(("ask", "asking", "Hello, Ann!"),
            (entry.GetProperty("tool").GetString(), entry.GetProperty("plugin").GetString(), entry.GetProperty("result").GetString()));
        Assert.True(entry.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_call_that_its_client_abandons_is_cancelled()
    {
        using var site = new ProxySite(("slow.csx", """
            mcp.Tool("slow", "Waits.", async (CancellationToken ct) =>
            {
                Console.WriteLine("the slow call has begun");
                await Task.Delay(-1, ct);
                return "done";
            });
            """));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        await proxy.WriteLineAsync(Wire.Call("given up", "slow"));
        await proxy.Errors.WaitForAsync("the slow call has begun");
        await proxy.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"given up"}}""");
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());

        var entry = Assert.Single(Entries(site));
        Assert.Equal(("slow", "cancelled", false),
            (entry.GetProperty("plugin").GetString(), entry.GetProperty("error").GetString(), entry.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public async Task R7_Two_proxies_with_one_home_write_two_files()
    {
        using var site = new ProxySite(("echo.csx", Echo));
        await using var first = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        await using var second = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        foreach (var proxy in new[] { first, second })
        {
            await (await proxy.ConnectAsync()).SayAsync("echo", ("message", "hi"));
            proxy.Send(Signal.Terminate);
            Assert.Equal(0, await proxy.ExitAsync());
        }

        Assert.Single(Entries(site));
        Assert.Single(Entries(site, "tool_calls.2.jsonl"));
    }

    [Fact]
    public async Task A_killed_process_leaves_complete_lines_but_the_last_which_the_next_one_repairs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var site = new ProxySite(("echo.csx", Echo));
        var answered = 0;
        await using (var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0"))
        {
            var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => proxy.ConnectAsync()));
            var callers = clients.Select(async client =>
            {
                try
                {
                    while (true)
                    {
                        await client.SayAsync("echo", ("message", new string('x', 200)));
                        if (Interlocked.Increment(ref answered) == 1000)
                            proxy.Send(Signal.Kill);
                    }
                }
                catch (Exception)
                {
                    // Killed: each kind of client tells that in its own way.
                }
            }).ToList();
            await Task.WhenAll(callers).WaitAsync(TestHost.Patience);
            await proxy.ExitAsync();
        }
        var lines = File.ReadAllText(Log(site)).Split('\n');
        Assert.All(lines[..^1], line => Assert.Equal("echo", JsonElement.Parse(line).GetProperty("tool").GetString()));
        Assert.InRange(lines.Length - 1, 1, answered + 4);

        // As if it had died in the middle of a line; that the kill above does it cannot be arranged.
        File.AppendAllText(Log(site), "{\"ts\":\"20");
        await using var next = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        await (await next.ConnectAsync()).SayAsync("echo", ("message", "next"));
        next.Send(Signal.Terminate);
        await next.ExitAsync();
        Assert.Equal("next", Entries(site)[^1].GetProperty("params").GetProperty("message").GetString());
    }

    static string Log(ProxySite site, string name = "tool_calls.jsonl") => site[$"home/.mcp_proxy/logs/{name}"];

    static JsonElement[] Entries(ProxySite site, string name = "tool_calls.jsonl") =>
        [.. File.ReadAllLines(Log(site, name)).Select(line => JsonElement.Parse(line))];

    static Dictionary<string, JsonElement> Named(string name) => new() { ["name"] = JsonSerializer.SerializeToElement(name) };
}
