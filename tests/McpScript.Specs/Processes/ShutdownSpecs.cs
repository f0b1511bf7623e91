using McpScript.Specs.Management;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class ShutdownSpecs
{
    /// <summary>A tool that says on stderr when it has begun, and answers when there is a file called <c>go</c>.</summary>
    const string Slow = """
        mcp.Tool("slow", "Waits for a file.", async () =>
        {
            Console.WriteLine("the slow call has begun");
            while (!File.Exists("go"))
                await Task.Delay(10);
            return "done";
        });
        """;

    [Theory]
    [InlineData(Signal.Terminate, "SIGTERM")]
    [InlineData(Signal.Interrupt, "SIGINT")]
    public async Task R3_A_signal_lets_the_running_call_of_a_stdio_client_finish(Signal signal, string name)
    {
        using var site = new ProxySite(("slow.csx", Slow));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        await proxy.WriteLineAsync(Wire.Call("slow", "slow"));
        await proxy.Errors.WaitForAsync("the slow call has begun");

        proxy.Send(signal);
        await proxy.Errors.WaitForAsync($"Received {name}");
        site.Write("go", "");
        Assert.Equal("done", await proxy.AnswerAsync("slow"));
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task R3_A_signal_lets_the_running_call_of_an_http_client_finish(string era)
    {
        using var site = new ProxySite(("slow.csx", Slow));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var client = await proxy.ConnectAsync(era);
        var call = client.SayAsync("slow");
        await proxy.Errors.WaitForAsync("the slow call has begun");

        proxy.Send(Signal.Terminate);
        await proxy.Errors.WaitForAsync("Received SIGTERM");
        site.Write("go", "");
        Assert.Equal("done", await call);
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    [Trait("Fault", "B-F10")]
    public async Task While_a_call_finishes_new_work_is_refused_and_readiness_is_off_but_operators_are_answered(string era)
    {
        using var site = new ProxySite(("slow.csx", Slow));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var mcp = (await proxy.ReadyAsync()).Mcp!;
        var client = await proxy.ConnectAsync(era);
        var call = client.SayAsync("slow");
        await proxy.Errors.WaitForAsync("the slow call has begun");

        proxy.Send(Signal.Terminate);
        await proxy.Errors.WaitForAsync("Received SIGTERM");
        await TestHost.UntilAsync(() => proxy.HealthAsync("/health/ready").Result.Status == 503, "it was not ready");
        Assert.Equal("The server is shutting down", (await proxy.HealthAsync("/health/ready")).Error);
        Assert.Equal(200, (await proxy.HealthAsync("/health")).Status);
        using var http = new HttpClient();
        foreach (var body in new[] { Wire.Initialize, Wire.StatelessCall("new", "slow") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, mcp) { Content = new StringContent(body, null, "application/json") };
            if (body != Wire.Initialize)
                foreach (var (name, value) in new[] { ("MCP-Protocol-Version", Era.Stateless), ("Mcp-Method", "tools/call"), ("Mcp-Name", "slow") })
                    request.Headers.Add(name, value);
            using var refused = await http.SendAsync(request);
            Assert.Equal((503, "5"), ((int)refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
        }
        Assert.Equal(200, (await proxy.GetAsync("/proxy/status")).Status);

        site.Write("go", "");
        Assert.Equal("done", await call);
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Theory]
    [InlineData(Signal.Terminate, 143)]
    [InlineData(Signal.Interrupt, 130)]
    public async Task A_second_signal_ends_the_process_immediately(Signal signal, int code)
    {
        using var site = new ProxySite(("slow.csx", Slow));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        await proxy.WriteLineAsync(Wire.Call("slow", "slow"));
        await proxy.Errors.WaitForAsync("the slow call has begun");

        proxy.Send(signal);
        await proxy.Errors.WaitForAsync("Received SIG");
        proxy.Send(signal);
        // A drain, done or out of time, would end with 0.
        Assert.Equal(code, await proxy.ExitAsync());
    }

    [Fact]
    public async Task A_signal_during_the_start_ends_the_process_too()
    {
        using var site = new ProxySite(("slow.csx", """Console.WriteLine("loading"); await Task.Delay(-1);"""));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.Errors.WaitForAsync("loading");
        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.DoesNotContain("] ERROR", proxy.Errors.Text);
        Assert.DoesNotContain("Proxy ready", proxy.Errors.Text);
    }

    [Fact]
    public async Task Idle_clients_do_not_delay_a_shutdown()
    {
        using var site = new ProxySite(("slow.csx", Slow));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var (older, newer) = (await proxy.ConnectAsync(Era.Sessions), await proxy.ConnectAsync(Era.Stateless));
        await ToolListRecorder.SubscribeAsync(older);
        await ToolListRecorder.SubscribeAsync(newer);
        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.DoesNotContain("were cut", proxy.Errors.Text);
        Assert.DoesNotContain("] ERROR", proxy.Errors.Text);
    }

    [Theory]
    [InlineData("%s\\n%s\\n%s\\n%s\\n")]
    [InlineData("%s\\n%s\\n%s\\n%s")]
    public async Task Requests_before_the_end_of_the_input_are_answered(string format)
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, "sh",
            ["-c", """printf "$1" "$3" "$4" "$5" "$6" | "$2" serve""", "sh", format, BuiltProgram.Path, Wire.Initialize, Wire.Initialized,
                Wire.Call("1", "say"), Wire.Call("2", "say")]);
        Assert.Equal(("hello", "hello"), (await proxy.AnswerAsync("1"), await proxy.AnswerAsync("2")));
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Fact]
    public async Task The_end_of_the_input_lets_the_running_call_finish()
    {
        using var site = new ProxySite(("slow.csx", Slow));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.WriteLineAsync(Wire.StatelessCall("slow", "slow"));
        proxy.EndInput();
        await proxy.Errors.WaitForAsync("the slow call has begun");
        site.Write("go", "");
        Assert.Equal("done", await proxy.AnswerAsync("slow"));
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Fact]
    public async Task A_subscription_does_not_delay_the_end_of_the_input()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.WriteLineAsync(Wire.Listen);
        await proxy.Output.WaitForAsync("notifications/subscriptions/acknowledged");
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Fact]
    public async Task An_empty_input_is_not_an_error()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, "serve");
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Empty(proxy.Output.Lines);
    }
}
