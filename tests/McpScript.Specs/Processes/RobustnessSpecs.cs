using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class RobustnessSpecs
{
    [Fact]
    public async Task Stdout_contains_only_the_protocol_whatever_a_plugin_prints()
    {
        using var site = new ProxySite(("noisy.csx", """"
            using System.Diagnostics;

            Console.WriteLine("printed while loading");
            Process.Start("sh", ["-c", "echo printed by a child while loading"]).WaitForExit();
            mcp.Tool("noisy", "Prints.", () =>
            {
                Console.WriteLine("printed by a call");
                Console.Write("without a line end");
                using (var raw = Console.OpenStandardOutput())
                    raw.Write("printed past the console\n"u8);
                Process.Start("sh", ["-c", "echo printed by a child"]).WaitForExit();
                return "quiet";
            });
            """"));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        Assert.Equal("quiet", await proxy.CallAsync("1", "noisy"));
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());

        Assert.Equal(2, proxy.Output.Lines.Count);
        Assert.All(proxy.Output.Lines, line => Assert.True(Wire.IsMessage(line), line));
        Assert.All(["printed while loading", "printed by a child while loading", "printed by a call", "printed past the console", "printed by a child"],
            printed => Assert.Contains(printed, proxy.Errors.Text));
    }

    [Fact]
    public async Task A_child_of_a_plugin_does_not_take_the_clients_requests()
    {
        using var site = new ProxySite(("hungry.csx", """
            mcp.Tool("hungry", "Starts a program that reads all of its input.", () =>
            {
                using var child = System.Diagnostics.Process.Start("cat");
                child.WaitForExit();
                return $"cat ended with {child.ExitCode}";
            });
            """));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        Assert.Equal("cat ended with 0", await proxy.CallAsync("1", "hungry"));
        Assert.Equal("cat ended with 0", await proxy.CallAsync("2", "hungry"));
    }

    [Fact]
    public async Task An_exception_on_a_plugins_own_thread_does_not_end_the_process()
    {
        using var site = new ProxySite(("bomb.csx", """
            mcp.Tool("thread", "Fails on a thread.", () =>
            {
                new Thread(() => throw new InvalidOperationException("bang on a thread")).Start();
                return "lit";
            });
            mcp.Tool("voided", "Fails in a task that is never awaited.", () => { Forgotten(); return "lit"; });
            async void Forgotten() { await Task.Yield(); throw new InvalidOperationException("bang in a void"); }
            """));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        Assert.Equal("lit", await proxy.CallAsync("1", "thread"));
        await proxy.Errors.WaitForAsync("bang on a thread");
        Assert.Equal("lit", await proxy.CallAsync("2", "voided"));
        await proxy.Errors.WaitForAsync("bang in a void");
        Assert.Equal("lit", await proxy.CallAsync("3", "thread"));
        Assert.Contains("An exception of plugin 'bomb' on a thread of its own", proxy.Errors.Text);
    }

    [Fact]
    public async Task Garbage_on_stdin_does_not_end_the_process()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        foreach (var garbage in new[] { "hello", "", "{", "[]", "{}", "null", "42", "\u0001\u0002", """{"jsonrpc":"2.0","id":"x"}""",
            """{"jsonrpc":"1.0","id":"x","method":"ping"}""", new string('x', 100_000) })
            await proxy.WriteLineAsync(garbage);
        Assert.Equal("hello", await proxy.CallAsync("1", "say"));
        Assert.All(proxy.Output.Lines, line => Assert.True(Wire.IsMessage(line), line));
    }

    [Fact]
    public async Task A_call_that_ignores_cancellation_does_not_keep_the_process_alive()
    {
        using var site = new ProxySite(("stuck.csx", """
            mcp.Tool("stuck", "Never ends.", async () => { Console.WriteLine("stuck has begun"); await Task.Delay(-1); return ""; });
            """));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.WriteLineAsync(Wire.StatelessCall("stuck", "stuck"));
        await proxy.Errors.WaitForAsync("stuck has begun");
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Contains("ignore their cancellation", proxy.Errors.Text);
    }

    [Fact]
    public async Task A_client_that_disconnects_ends_a_stdio_server()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = ProxyProcess.Start(site, "serve");
        await proxy.InitializeAsync();
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.DoesNotContain("] ERROR", proxy.Errors.Text);
    }
}
