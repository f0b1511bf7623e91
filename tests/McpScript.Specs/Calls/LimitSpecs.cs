using McpScript.Testing;

namespace McpScript.Specs.Calls;

/// <summary>Limits of calls: the <c>limits</c> section.</summary>
public class LimitSpecs
{
    const string Say = """mcp.Tool("say", "Says.", (string text) => text); mcp.Tool("many", "Says much.", (int count) => new string('x', count));""";

    static TestSetup With(string yaml) => new() { ConfigYaml = yaml };

    [Fact]
    public async Task Arguments_and_results_have_size_limits_and_the_most_specific_pattern_wins()
    {
        await using var host = await TestHost.StartAsync(
            With("limits:\n  max_arguments: 20\n  max_result: 30\n  tools:\n    'm*':\n      max_result: 10\n    many:\n      max_result: "
                + "50\n    policy:\n      max_arguments: off\n"),
            ("say.csx", Say),
            ("other.csx", """mcp.Tool("policy", "Takes all.", (string text) => text.Length); mcp.Tool("mine", "Says.", () => "12345678901");"""));

        Assert.Equal("short", await host.CallAsync("say", new { text = "short" }));
        Assert.Equal("Rejected: the arguments of 'say' have 36 bytes, and at most 20 are accepted (limits.max_arguments). Send less.",
            await host.CallAsync("say", new { text = new string('a', 30) }));
        Assert.Equal("30", await host.CallAsync("policy", new { text = new string('a', 30) }));

        Assert.Equal(50, (await host.CallAsync("many", new { count = 50 })).Length);
        Assert.Equal("The result of 'many' has 51 bytes, and at most 50 are passed on (limits.max_result). Request a smaller result.",
            await host.CallAsync("many", new { count = 51 }));
        Assert.Equal(
            "The result of 'mine' has 11 bytes, and at most 10 are passed on (limits.max_result). Request a smaller result.", await host.CallAsync("mine"));
    }

    [Fact]
    public async Task The_rate_of_one_caller_and_tool_is_limited_across_sessions()
    {
        // A window so long that nothing of it passes while this runs.
        await using var host = await TestHost.StartAsync(
            With("limits:\n  rate: 2\n  rate_window: 86400\n  tools:\n    many:\n      rate: off\n"), ("say.csx", Say));
        for (var call = 1; call <= 2; call++)
            Assert.Equal("x", await host.CallAsync("say", new { text = "x" }));

        Assert.Equal("Rejected: 'say' may be called 2 times in 86400 s by one caller (limits.rate). Wait, and call it less often.",
            await host.CallAsync("say", new { text = "x" }));
        var again = await (await host.ConnectAsync()).CallToolAsync("say", new Dictionary<string, object?> { ["text"] = "x" });
        Assert.True(again.IsError);
        for (var call = 1; call <= 4; call++)
            Assert.Equal("x", await host.CallAsync("many", new { count = 1 }));

        await host.SaveAsync("say.csx", Say + " // again");
        Assert.StartsWith("Rejected: 'say' may be called 2 times", await host.CallAsync("say", new { text = "x" }));
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_cancelled_and_answered_even_if_it_ignores_cancellation()
    {
        var door = new Turnstile();
        await using var host = await TestHost.StartAsync(
            With("limits:\n  tools:\n    '*_slow':\n      timeout: 0.2\n") with { Options = new McpScriptServerOptions().ShareWithPlugins(door) },
            ("slow.csx", """
                mcp.Tool("kind_slow", "Listens.", async (CancellationToken ct) => { await Task.Delay(Timeout.Infinite, ct); return 1; });
                mcp.Tool("deaf_slow", "Does not listen.", async (Turnstile door) =>
                {
                    await door.PassAsync();
                    mcp.Logger.LogInformation("done after all");
                    return 1;
                });
                mcp.Tool("deaf", "Has time.", () => "quick");
                """));

        Assert.Equal("'kind_slow' did not finish within 0.2 s and was cancelled (limits.timeout).", await host.CallAsync("kind_slow"));
        Assert.Equal("'deaf_slow' did not finish within 0.2 s and was cancelled (limits.timeout).", await host.CallAsync("deaf_slow"));
        Assert.Equal("quick", await host.CallAsync("deaf"));
        await host.Server.CallLog!.FlushAsync();
        Assert.Equal(2, File.ReadLines(Path.Combine(host.Folder.Logs, "tool_calls.jsonl")).Count(line => line.Contains("timed_out")));

        // It still runs, so its generation stays until it has ended.
        await host.SaveAsync("slow.csx", """mcp.Tool("deaf", "Has time.", () => "new");""");
        Assert.Equal("new", await host.CallAsync("deaf"));
        Assert.StartsWith("draining: 1 calls", host.Registry.Retired.Single().Detail);
        door.Open();
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "the old generation has gone");
        Assert.Contains("done after all", host.Log.Text);
    }

    [Fact]
    public async Task Concurrent_calls_of_a_plugin_are_limited_and_waiting_ones_run_on_the_newest_code()
    {
        var door = new Turnstile();
        await using var host = await TestHost.StartAsync(
            With("limits:\n  queue: 1\n  plugins:\n    narrow:\n      concurrency: 1\n") with { Options = new McpScriptServerOptions().ShareWithPlugins(door) },
            ("narrow.csx", """mcp.Tool("pass", "Passes.", async (Turnstile door) => { await door.PassAsync(); return "old"; });"""), ("wide.csx", Say));
        var first = host.CallAsync("pass");
        await door.CallerWaiting;
        // One of the two finds the place in the queue, the other none.
        Task<string>[] others = [host.CallAsync("pass"), host.CallAsync("pass")];
        var refused = await Task.WhenAny(others);
        Assert.Equal("Rejected: plugin 'narrow' is busy, and too many calls wait for it already; try again later.", await refused);
        var second = others.Single(other => other != refused);
        Assert.Equal("x", await host.CallAsync("say", new { text = "x" }));

        await host.SaveAsync("narrow.csx", """mcp.Tool("pass", "Passes.", () => "new");""");
        door.Open();
        Assert.Equal(("old", "new"), (await first, await second));
    }

    [Theory]
    [InlineData("limits:\n  rate: many\n", "'limits.rate' must be a number of calls from 1 to 1000000, or off, not ")]
    [InlineData("limits:\n  timout: 3\n", "unknown key 'limits.timout'; did you mean 'timeout'?")]
    [InlineData("limits:\n  tools:\n    say:\n      rate: 0.5\n", "'limits.tools.say.rate' must be a number of calls from 1 to 1000000, or off, not ")]
    public async Task A_mistake_in_the_limits_section_is_reported(string yaml, string problem) =>
        Assert.Contains(problem, (await Assert.ThrowsAsync<Configuration.ConfigurationException>(() => TestHost.StartAsync(With(yaml)))).Message);
}
