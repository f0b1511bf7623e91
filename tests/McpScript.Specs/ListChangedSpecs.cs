using McpScript.Registry;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Promise 3: one notification for each kind and change, only when what is listed has changed, to every client that can receive it.</summary>
public class ListChangedSpecs
{
    public static TheoryData<string> Eras { get; } = [ListRecorder.SessionEra, ListRecorder.StatelessEra];

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task Clients_are_notified_once_of_each_list_that_differs_and_of_no_other(string era)
    {
        await using var host = await TestHost.StartAsync(("a.csx", """mcp.Tool("one", "First.", () => 1);"""));
        var recorder = await ListRecorder.OpenAsync(host, era);
        Assert.Equal(era, recorder.Client.NegotiatedProtocolVersion);
        var expected = (Tools: 0, Prompts: 0, Resources: 0);

        async Task SaveAndExpectAsync(string script, int tools = 0, int prompts = 0, int resources = 0)
        {
            Assert.True((await host.SaveAsync("a.csx", script)).Ok);
            expected = (expected.Tools + tools, expected.Prompts + prompts, expected.Resources + resources);
            await TestHost.UntilAsync(
                () => recorder.Tools >= expected.Tools && recorder.Prompts >= expected.Prompts && recorder.Resources >= expected.Resources,
                $"{expected} is received");
            await recorder.CatchUpAsync();
            Assert.Equal(expected, recorder.All);
        }

        // Another answer, a comment: nothing that a list shows.
        await SaveAndExpectAsync("""mcp.Tool("one", "First.", () => 2);""");
        await SaveAndExpectAsync("""/* the same */ mcp.Tool("one", "First.", () => 2);""");
        await SaveAndExpectAsync("""mcp.Tool("one", "Described anew.", () => 2);""", tools: 1);
        await SaveAndExpectAsync("""mcp.Tool("one", "Described anew.", (int number) => 2);""", tools: 1);
        await SaveAndExpectAsync("""mcp.Tool("one", "Described anew.", (int number) => 2, new() { ReadOnly = true });""", tools: 1);
        await SaveAndExpectAsync("""
            mcp.Tool("two", "Second.", () => 2);
            mcp.Tool("three", "Third.", () => 3);
            """, tools: 1);
        const string Same = """
            mcp.Tool("two", "Second.", () => 2);
            mcp.Tool("three", "Third.", () => 3);

            """;
        await SaveAndExpectAsync(Same + """mcp.Prompt("ask", "Asks.", () => "?");""", prompts: 1);
        await SaveAndExpectAsync(Same + """mcp.Prompt("ask", "Asks.", () => "!");""");
        await SaveAndExpectAsync(Same + """mcp.Resource("demo://a", () => "a");""", prompts: 1, resources: 1);
        await SaveAndExpectAsync(Same + """mcp.ResourceTemplate("demo://{id}", (string id) => id);""", resources: 1);
        await SaveAndExpectAsync("""mcp.Tool("one", "First.", () => 1);""", tools: 1, resources: 1);

        Assert.All(recorder.Subscriptions, subscription => Assert.Equal(era == ListRecorder.StatelessEra, subscription is not null));
        Assert.Single(recorder.Subscriptions.Distinct());
    }

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task A_change_that_fails_sends_no_notification(string era)
    {
        await using var host = await TestHost.StartAsync(
            ("a.csx", """mcp.Tool("one", "First.", () => 1);"""), ("b.csx", """mcp.Tool("other", "", () => 1);"""));
        var recorder = await ListRecorder.OpenAsync(host, era);

        await host.SaveAsync("a.csx", """mcp.Tool("two", "Second.", () => 1;""");
        await host.SaveAsync("a.csx", """mcp.Tool("two", "Second.", () => 1); mcp.Tool("other", "", () => 1);""");
        await host.SaveAsync("a.csx", """mcp.Tool("two", "Second.", () => 1); throw new Exception("no");""");
        await recorder.CatchUpAsync();
        Assert.Equal((0, 0, 0), recorder.All);

        await host.SaveAsync("a.csx", """mcp.Tool("two", "Second.", () => 1);""");
        await TestHost.UntilAsync(() => recorder.Tools == 1, "the change that succeeded is received");
    }

    [Fact]
    public async Task Many_plugins_that_change_together_send_one_notification_to_every_client()
    {
        var setup = new TestSetup { Watch = false };
        await using var host = await TestHost.StartAsync(
            setup, [.. Enumerable.Range(0, 5).Select(i => ($"part{i}.csx", $"mcp.Tool(\"tool{i}\", \"\", () => {i});"))]);
        ListRecorder[] recorders = [await ListRecorder.OpenAsync(host, ListRecorder.SessionEra), await ListRecorder.OpenAsync(host, ListRecorder.SessionEra),
            await ListRecorder.OpenAsync(host, ListRecorder.StatelessEra)];
        PluginChange[] All(PluginChangeKind kind) => [.. Enumerable.Range(0, 5).Select(i => new PluginChange(new($"part{i}"), kind))];

        await host.Registry.ApplyAsync(All(PluginChangeKind.Unload));
        Assert.Empty(host.Registry.AllTools);
        await host.Registry.ApplyAsync(All(PluginChangeKind.Load));
        Assert.Equal(5, host.Registry.AllTools.Length);

        foreach (var recorder in recorders)
        {
            await TestHost.UntilAsync(() => recorder.Tools >= 2, "both changes are received");
            await recorder.CatchUpAsync();
            Assert.Equal((2, 0, 0), recorder.All);
        }
    }

    [Fact]
    public async Task A_disconnected_client_does_not_prevent_notifications_to_others()
    {
        await using var host = await TestHost.StartAsync(("a.csx", """mcp.Tool("one", "First.", () => 1);"""));
        var gone = await ListRecorder.OpenAsync(host, ListRecorder.SessionEra);
        var alsoGone = await ListRecorder.OpenAsync(host, ListRecorder.StatelessEra);
        var stays = await ListRecorder.OpenAsync(host, ListRecorder.SessionEra);
        await gone.Client.DisposeAsync();
        await alsoGone.Client.DisposeAsync();

        await host.SaveAsync("a.csx", """mcp.Tool("two", "Second.", () => 1);""");
        await TestHost.UntilAsync(() => stays.Tools == 1, "the one that stayed is notified");
    }
}
