using McpScript.Testing;
using McpScript.Unloading;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs;

/// <summary>Promise 4: what is unloaded is gone.</summary>
public class UnloadSpecs
{
    const string Everything = """
        mcp.Tool("all_tool", "A tool.", () => "tool");
        mcp.Prompt("all_prompt", "A prompt.", () => "prompt");
        mcp.Resource("all://resource", () => "resource");
        mcp.ResourceTemplate("all://{id}/part", (string id) => id);
        """;

    /// <summary>Scripts that use what is known to keep code in memory.</summary>
    static readonly (string Path, string Text)[] Users =
    [
        ("dynamic.csx", """
            class Box { public int Value = 1; }
            mcp.Tool("dynamic", "", () => { dynamic box = new Box(); box.Value += 1; return (int)box.Value; });
            """),
        ("serializer.csx", """
            record Answer(string Text, Answer? Next);
            mcp.Tool("serializer", "", () => JsonSerializer.Serialize(new Answer("a", new Answer("b", null)))
                + JsonSerializer.Deserialize<Answer>("{}", JsonSerializerOptions.Web));
            """),
        ("closure.csx", """
            record Answer(int Count);
            enum Colour { Red, Green }
            var count = 0;
            mcp.Tool("closure", "", () => new Answer(++count));
            mcp.Tool("closure_enum", "", (Colour colour = Colour.Red) => colour);
            """),
        ("descriptor.csx", """
            class Box { public int Value { get; set; } }
            mcp.Tool("descriptor", "", () => TypeDescriptor.GetProperties(new Box()).Count + TypeDescriptor.GetConverter(typeof(Box)).GetType().Name);
            """),
        ("http.csx", """
            var http = new HttpClient();
            mcp.Tool("http", "", async () =>
            {
                try { return await http.GetStringAsync("http://127.0.0.1:1/"); }
                catch (HttpRequestException e) { return e.HttpRequestError.ToString(); }
            });
            """),
        ("regex.csx", """
            using System.Text.RegularExpressions;
            var words = new Regex(@"\b(\w)(\w*)\b", RegexOptions.Compiled);
            mcp.Tool("regex", "", () => words.Replace("some words", match => match.Groups[1].Value.ToUpperInvariant() + match.Groups[2].Value));
            """),
    ];

    [Fact]
    public async Task Unloading_removes_tools_prompts_resources_and_templates()
    {
        await using var host = await TestHost.StartAsync(("all.csx", Everything), ("other.csx", """mcp.Tool("other", "", () => 1);"""));
        var client = await host.Client;
        Assert.Equal("tool", await host.CallAsync("all_tool"));

        var result = await host.Registry.UnloadAsync("all");

        Assert.Equal((true, null), (result.Ok, result.Plugin));
        Assert.Equal(["all_tool", "all://resource", "all://{id}/part", "all_prompt"], result.Removed.AsEnumerable());
        Assert.Equal(["other"], await host.ToolsAsync());
        Assert.Empty(await client.ListPromptsAsync());
        Assert.Empty(await client.ListResourcesAsync());
        Assert.Empty(await client.ListResourceTemplatesAsync());
        Assert.Contains("Unknown tool: 'all_tool'", (await Assert.ThrowsAsync<McpProtocolException>(() => host.CallAsync("all_tool"))).Message);
        await Assert.ThrowsAsync<McpProtocolException>(() => client.GetPromptAsync("all_prompt").AsTask());
        await Assert.ThrowsAsync<McpProtocolException>(() => client.ReadResourceAsync("all://resource").AsTask());
        await Assert.ThrowsAsync<McpProtocolException>(() => client.ReadResourceAsync("all://1/part").AsTask());
        Assert.DoesNotContain(host.Registry.GetSummary().Plugins, plugin => plugin.Key == "all");
    }

    [Fact]
    public async Task A_deleted_file_is_an_unloaded_plugin()
    {
        await using var host = await TestHost.StartAsync(("all.csx", Everything), ("more/main.csx", """mcp.Tool("more", "", () => 1);"""));

        var result = await host.ChangeAsync("all", () => host.Folder.Delete("all.csx"));
        Assert.True(result.Ok);
        Assert.Equal(["more"], await host.ToolsAsync());

        await host.ChangeAsync("more", () => Directory.Delete(host.Folder["more"], recursive: true));
        Assert.Empty(await host.ToolsAsync());
        Assert.Empty(host.Registry.GetSummary().Plugins);
    }

    [Fact]
    public async Task An_unloaded_generation_is_collected_whatever_common_libraries_it_used()
    {
        await using var host = await TestHost.StartAsync(Users);
        foreach (var (path, _) in Users)
            Assert.False((await host.CallForResultAsync(Path.GetFileNameWithoutExtension(path))).IsError ?? false, path);
        await host.CallAsync("closure_enum", new { colour = "Green" });
        Assert.Equal(Users.Length, host.Registry.LiveGenerations);

        foreach (var (path, _) in Users)
            Assert.True((await host.Registry.ReloadAsync(Path.GetFileNameWithoutExtension(path))).Ok);
        foreach (var (path, _) in Users)
            Assert.True((await host.Registry.UnloadAsync(Path.GetFileNameWithoutExtension(path))).Ok);

        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0 && host.Registry.Retired.Count == 0, "all are gone, also from the status");
    }

    [Fact]
    public async Task Entries_of_a_plugin_in_static_caches_of_the_SDK_are_removed()
    {
        await using var host = await TestHost.StartAsync(("asks.csx", """
            enum Colour { Red, Green }
            class Person { public string Name { get; set; } = ""; public Colour Favourite { get; set; } }
            mcp.ResourceTemplate("colour://{colour}/{other}", (Colour colour, Colour? other) => $"{colour} {other}");
            mcp.Tool("ask", "",
                async (McpServer server, CancellationToken ct) => $"{(await server.ElicitAsync<Person>("Who?", cancellationToken: ct)).Content?.Name}");
            """));
        var client = await host.ConnectAsync(ListRecorder.SessionEra, options => options.Handlers.ElicitationHandler = (_, _) =>
            new(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, System.Text.Json.JsonElement>
                {
                    ["name"] = System.Text.Json.JsonElement.Parse("\"Ann\""), ["favourite"] = System.Text.Json.JsonElement.Parse("\"Red\""),
                },
            }));
        Assert.Equal("Ann", await client.SayAsync("ask"));
        Assert.Equal("Red Green", Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync("colour://Red/Green")).Contents)).Text);

        await host.Registry.UnloadAsync("asks");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [Fact]
    public async Task A_generation_that_failed_to_register_is_collected_too()
    {
        await using var host = await TestHost.StartAsync(("a.csx", """mcp.Tool("a", "", () => 1);"""));
        await host.SaveAsync("a.csx", """record Answer(int Value); mcp.Tool("b", "", () => new Answer(1)); throw new Exception("no");""");
        await host.SaveAsync("a.csx", """record Answer(int Value); mcp.Tool("proxy__b", "", () => new Answer(1));""");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "only the served generation is left");
    }

    [Fact]
    public async Task A_generation_that_stays_in_memory_is_named_with_the_likely_cause()
    {
        var setup = new TestSetup { Options = new() { Retirement = new() { CollectGrace = TimeSpan.FromMilliseconds(300) } } };
        await using var host = await TestHost.StartAsync(setup, ("ticker.csx", """
            var timer = new Timer(_ => mcp.State.Update<int>("ticks", ticks => ticks + 1), null, 0, 1000);
            mcp.Tool("ticks", "", () => mcp.State.Get<int>("ticks"));
            """));

        await host.Registry.UnloadAsync("ticker");
        await TestHost.UntilAsync(() => host.Registry.Retired.Any(generation => generation.State == "lingering"), "it is called lingering");

        var lingering = Assert.Single(host.Registry.GetSummary().Retired);
        Assert.Equal(("ticker", 1), (lingering.Plugin, lingering.Generation));
        Assert.Contains("a System.Threading.Timer; dispose it in mcp.OnUnload", lingering.Detail);
        Assert.Contains("Plugin 'ticker' generation 1 is unloaded but stays in memory. Likely: a System.Threading.Timer", host.Log.Text);
        Assert.Equal(1, host.Registry.GetSummary().LiveGenerations);
    }

    [Fact]
    public async Task A_timer_that_is_disposed_of_in_OnUnload_keeps_nothing_in_memory()
    {
        await using var host = await TestHost.StartAsync(("ticker.csx", """
            var timer = new Timer(_ => { }, null, 0, 1000);
            mcp.OnUnload(timer.Dispose);
            mcp.Tool("tick", "", () => 1);
            """));
        await host.Registry.UnloadAsync("ticker");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [Fact]
    public async Task A_retired_generation_with_running_calls_is_shown_as_draining()
    {
        var door = new Turnstile();
        await using var host = await TestHost.StartAsync(
            door, ("slow.csx", """mcp.Tool("slow", "", async (Turnstile door) => { await door.PassAsync(); return "old"; });"""));
        var call = host.CallAsync("slow");
        await door.CallerWaiting;

        await host.Registry.ReloadAsync("slow");
        var retired = Assert.Single(host.Registry.Retired);
        Assert.Equal(("slow", 1, "draining"), (retired.Plugin, retired.Generation, retired.State));
        Assert.StartsWith("draining: 1 call", retired.Detail);

        door.Open();
        Assert.Equal("old", await call);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "the old generation is gone");
    }

    [Fact]
    public async Task A_call_that_outlasts_an_unload_is_cancelled_with_the_reason()
    {
        var door = new Turnstile();
        var retirement = new RetirementOptions { UnloadDrain = TimeSpan.FromMilliseconds(100) };
        var setup = new TestSetup { Options = new McpScriptServerOptions { Retirement = retirement }.ShareWithPlugins(door) };
        await using var host = await TestHost.StartAsync(
            setup, ("slow.csx", """mcp.Tool("slow", "", async (Turnstile door, CancellationToken ct) => { await door.PassAsync(ct); return "old"; });"""));
        var call = host.CallForResultAsync("slow");
        await door.CallerWaiting;

        await host.Registry.UnloadAsync("slow");
        var result = await call;
        Assert.True(result.IsError);
        Assert.Contains(
            "plugin 'slow' was unloaded before the call had finished", result.Content.OfType<ModelContextProtocol.Protocol.TextContentBlock>().Single().Text);
        Assert.Contains("Plugin 'slow' is still unloading: 1 call(s) did not finish in time and were cancelled.", host.Log.Text);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }
}
