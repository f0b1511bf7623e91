using McpScript.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs;

/// <summary>Promises 2 and 3: a reload never loses a call, and a swap is one moment.</summary>
public class NoGapSpecs
{
    const int Reloads = 40;

    [Fact]
    public async Task No_caller_gets_an_unknown_tool_or_an_empty_list_while_a_plugin_is_reloaded_repeatedly()
    {
        await using var host = await TestHost.StartAsync(("busy.csx", Busy(0)), ("still.csx", """mcp.Tool("still", "", () => "there");"""));
        using var enough = new CancellationTokenSource();
        McpClient[] clients = [await host.ConnectAsync(ListRecorder.SessionEra), await host.ConnectAsync(ListRecorder.StatelessEra)];
        var callers = clients.SelectMany(client => new[] { CallAsync(client, enough.Token), CallAsync(client, enough.Token), ListAsync(client, enough.Token),
            PromptAsync(client, enough.Token) }).ToList();

        // Half of them by saving, half by hand.
        for (var i = 1; i <= Reloads; i++)
            Assert.True(i % 2 == 0 ? (await host.SaveAsync("busy.csx", Busy(i))).Ok : (await host.Registry.ReloadAsync("busy")).Ok);

        await enough.CancelAsync();
        var calls = await Task.WhenAll(callers);
        Assert.All(calls, count => Assert.True(count > 0));
        Assert.Equal($"{Reloads}", await host.CallAsync("busy", new { text = "" }));
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 2, "only the two served generations are alive");
    }

    [Fact]
    public async Task Tools_that_change_together_are_seen_together()
    {
        static string Pair(string name) => $"""
            mcp.Tool("{name}_first", "", () => 1);
            mcp.Tool("{name}_second", "", () => 2);
            """;
        await using var host = await TestHost.StartAsync(("pair.csx", Pair("a")));
        var client = await host.ConnectAsync();
        using var enough = new CancellationTokenSource();
        var seen = Task.Run(async () =>
        {
            var lists = new HashSet<string>();
            while (!enough.IsCancellationRequested)
                lists.Add(string.Join(' ', await client.ListPluginToolsAsync()));
            return lists;
        });

        foreach (var name in new[] { "b", "a", "b", "a", "b", "a" })
            await host.SaveAsync("pair.csx", Pair(name));

        await enough.CancelAsync();
        Assert.Subset(new HashSet<string> { "a_first a_second", "b_first b_second" }, await seen);
    }

    [Fact]
    public async Task A_tool_that_moves_from_one_file_to_another_is_never_missing()
    {
        await using var host = await TestHost.StartAsync(("old.csx", """mcp.Tool("moving", "Moves.", () => "old");"""));
        var recorder = await ListRecorder.OpenAsync(host, ListRecorder.SessionEra);
        using var enough = new CancellationTokenSource();
        var calls = Caller.CallAsync(await host.ConnectAsync(), "moving", enough.Token);

        var moved = await host.ScanAfterAsync(() => File.Move(host.Folder["old.csx"], host.Folder["new.csx"]));
        await TestHost.UntilAsync(() => host.Registry.FindToolOwner("moving") == "new", "the new file owns the tool");

        await enough.CancelAsync();
        Assert.True(await calls > 0);
        await recorder.CatchUpAsync();
        Assert.Equal((0, 0, 0), recorder.All);
        Assert.DoesNotContain(moved, result => !result.Ok);
    }

    [Fact]
    public async Task A_list_has_the_same_order_whatever_was_loaded_last()
    {
        await using var host = await TestHost.StartAsync(
            ("b.csx", """mcp.Tool("beta", "", () => 1); mcp.Tool("delta", "", () => 1);"""),
            ("a.csx", """mcp.Tool("gamma", "", () => 1); mcp.Tool("alpha", "", () => 1);"""));
        Assert.Equal(["alpha", "beta", "delta", "gamma"], await host.ToolsAsync());

        await host.Registry.ReloadAsync("b");
        Assert.Equal(["alpha", "beta", "delta", "gamma"], await host.ToolsAsync());
    }

    static string Busy(int version) => $$"""
        record Answer(string Text, int Version);
        mcp.Tool("busy", "Answers.", (string text) => {{version}});
        mcp.Tool("busy_too", "Answers with a record.", (string text) => new Answer(text, {{version}}));
        mcp.Prompt("ask", "Asks.", () => "{{version}}");
        """;

    static Task<int> CallAsync(McpClient client, CancellationToken enough) => Caller.CallAsync(client, "busy", enough, new { text = "x" });

    static Task<int> ListAsync(McpClient client, CancellationToken enough) => Caller.RepeatAsync(enough, async () =>
        Assert.Equal(["busy", "busy_too", "still"], await client.ListPluginToolsAsync()));

    static Task<int> PromptAsync(McpClient client, CancellationToken enough) => Caller.RepeatAsync(enough, async () =>
        Assert.Equal(Role.User, (await client.GetPromptAsync("ask")).Messages.Single().Role));
}
