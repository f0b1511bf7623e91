using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Calls;

/// <summary>Values of which each session has its own: <c>mcp.PerSession</c>.</summary>
public class PerSessionSpecs
{
    const string Counting = """
        sealed class Counter(Action gone) : IDisposable { public int Count; public void Dispose() => gone(); }
        var made = 0;
        var counters = mcp.PerSession(() => new Counter(() => mcp.Logger.LogInformation($"gone {Interlocked.Increment(ref made)}")));
        mcp.Tool("count", "Counts.", () => ++counters.Current.Count);
        mcp.Tool("sessions", "Tells how many there are.", () => counters.Count);
        """;

    [Theory]
    [InlineData(Way.PipesInSession)]
    [InlineData(Way.PipesStateless)]
    [InlineData(Way.HttpInSession)]
    public async Task Each_session_has_its_own_value(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, ("counting.csx", Counting));
        var (one, two) = (await host.ConnectAsync(), await host.ConnectAsync());
        Assert.Equal(("1", "2", "1"), (await CountAsync(one), await CountAsync(one), await CountAsync(two)));
        Assert.Equal("2", await CallAsync(one, "sessions"));
    }

    [Fact]
    public async Task A_value_is_disposed_of_with_its_session()
    {
        await using var host = await ReachedHost.StartAsync(Way.HttpInSession, ("counting.csx", Counting));
        var (one, two) = (await host.ConnectAsync(), await host.ConnectAsync());
        Assert.Equal(("1", "1"), (await CountAsync(one), await CountAsync(two)));

        await one.DisposeAsync();
        await TestHost.UntilAsync(() => host.Host.Log.Text.Contains("gone 1"), "the first one's is disposed of");
        Assert.Equal(("2", "1"), (await CountAsync(two), await CallAsync(two, "sessions")));
    }

    [Fact]
    public async Task An_anonymous_request_without_a_session_has_its_own_value_until_its_end()
    {
        await using var host = await ReachedHost.StartAsync(Way.HttpStateless, ("counting.csx", Counting));
        var client = await host.ConnectAsync();
        Assert.Equal(("1", "1"), (await CountAsync(client), await CountAsync(client)));
        await TestHost.UntilAsync(() => host.Host.Log.Text.Contains("gone 2"), "both are disposed of");
        Assert.Equal("0", await CallAsync(client, "sessions"));
    }

    [Fact]
    public async Task An_unused_value_is_disposed_of_and_a_new_one_is_created()
    {
        await using var host = await TestHost.StartAsync(("idle.csx", """
            sealed class Thing : IAsyncDisposable
            {
                public ValueTask DisposeAsync() { Gone.TrySetResult(); return default; }
                public static readonly TaskCompletionSource Gone = new();
            }
            var things = mcp.PerSession(() => new Thing(), TimeSpan.FromMilliseconds(200));
            Thing? last = null;
            mcp.Tool("same", "Compares.", () => { var same = last == things.Current; last = things.Current; return same; });
            mcp.Tool("gone", "Waits.", async () => { await Thing.Gone.Task; return things.Count; });
            """));
        Assert.Equal("false", await host.CallAsync("same"));
        Assert.Equal("0", await host.CallAsync("gone"));
        Assert.Equal("false", await host.CallAsync("same"));
    }

    [Fact]
    public async Task A_value_is_never_disposed_of_during_a_call_that_uses_it()
    {
        var (door, clock) = (new Turnstile(), new ManualClock());
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, Options = new McpScriptServerOptions { Time = clock }.ShareWithPlugins(door) }, ("busy.csx", """
            sealed class Thing(ILogger log) : IDisposable { public bool Gone; public void Dispose() { Gone = true; log.LogInformation("one is gone"); } }
            var things = mcp.PerSession(() => new Thing(mcp.Logger), TimeSpan.FromMilliseconds(200));
            mcp.Tool("use", "Uses it for long.", async (Turnstile door) => { var thing = things.Current; await door.PassAsync(); return thing.Gone; });
            mcp.Tool("touch", "Uses it for a moment.", () => things.Current.Gone);
            """));
        var call = host.CallAsync("use");
        await door.CallerWaiting;
        var other = await host.ConnectAsync();
        await CallAsync(other, "touch");

        clock.Advance(TimeSpan.FromHours(1));
        await TestHost.UntilAsync(() => host.Log.Text.Contains("one is gone"), "the unused one has gone, so the used one was checked too");
        door.Open();
        Assert.Equal("false", await call);
    }

    [Fact]
    public async Task An_unload_disposes_of_all_values_before_their_dependencies_and_a_reload_starts_over()
    {
        await using var host = await TestHost.StartAsync(("counting.csx", Counting + """mcp.OnUnload(() => mcp.Logger.LogInformation("pool closed"));"""));
        Assert.Equal("1", await host.CallAsync("count"));
        await host.Registry.ReloadAsync("counting");
        Assert.Equal("1", await host.CallAsync("count"));
        // The two ends of life are not in step with each other.
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "the first generation is gone");
        await host.Registry.UnloadAsync("counting");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "nothing is left of it");
        string[] ends = ["gone 1", "pool closed"];
        Assert.Equal(["gone 1", "pool closed", "gone 1", "pool closed"], host.Log.Lines.Select(line => line[(line.IndexOf(']') + 2)..]).Where(ends.Contains));
    }

    [Fact]
    public async Task Outside_a_request_there_is_no_value_and_the_error_says_so()
    {
        await using var host = await TestHost.StartAsync(("outside.csx", """
            var numbers = mcp.PerSession(() => 7);
            string Try() { try { return $"{numbers.Current}"; } catch (InvalidOperationException e) { return e.Message; } }
            var early = Try();
            Task<string>? left = null;
            mcp.Tool("leave", "Leaves something running.", (TaskCompletionSource over) =>
            {
                left = Task.Run(async () => { await over.Task; return Try(); });
                return Try();
            });
            mcp.Tool("early", "Tells.", () => early);
            mcp.Tool("left", "Tells.", (TaskCompletionSource over) => { over.SetResult(); return left!; });
            mcp.Services.AddSingleton(new TaskCompletionSource());
            """));
        const string text = "mcp.PerSession has a value only while a request is handled: take .Current in the handler, and pass on what it gives.";
        Assert.Equal(("7", text, text), (await host.CallAsync("leave"), await host.CallAsync("early"), await host.CallAsync("left")));
    }

    static Task<string> CountAsync(McpClient client) => CallAsync(client, "count");

    static async Task<string> CallAsync(McpClient client, string tool) =>
        ((TextContentBlock)(await client.CallToolAsync(tool, new Dictionary<string, object?>()).AsTask().WaitAsync(TestHost.Patience)).Content.Single()).Text;
}
