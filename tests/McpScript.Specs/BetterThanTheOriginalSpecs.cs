using McpScript.Model;
using McpScript.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs;

/// <summary>Faults of the Python original, by the ids of its reference, section 16.</summary>
public class BetterThanTheOriginalSpecs
{
    static string Tool(string name, string answer = "one") => $"mcp.Tool(\"{name}\", \"\", () => \"{answer}\");";

    [Fact]
    public async Task L1_A_failed_load_with_a_collision_leaves_the_other_plugins_tool_alone()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Autoload = [new("owner")] }, ("owner.csx", Tool("work")), ("thief.csx", Tool("mine") + Tool("work", "stolen")));

        Assert.False((await host.Registry.LoadAsync("thief")).Ok);
        Assert.False((await host.Registry.UnloadAsync("thief")).Ok);

        Assert.Equal("one", await host.CallAsync("work"));
        Assert.Equal(["work"], await host.ToolsAsync());
        Assert.Equal("owner", host.Registry.FindToolOwner("work"));
        Assert.Equal(["work"], host.StatusOf("owner").Tools.AsEnumerable());
    }

    [Fact]
    public async Task L2_A_registration_that_throws_leaves_nothing_callable()
    {
        await using var host = await TestHost.StartAsync(("half.csx", Tool("early") + """
            mcp.Prompt("early_prompt", "", () => "");
            mcp.OnUnload(() => mcp.Logger.LogInformation("cleaned up"));
            if (config["fixed"] is null) throw new Exception("half-way");
            """));
        Assert.Empty(await host.ToolsAsync());
        Assert.Empty(await (await host.Client).ListPromptsAsync());
        await Assert.ThrowsAsync<McpProtocolException>(() => host.CallAsync("early"));
        await TestHost.UntilAsync(() => host.Log.Text.Contains("cleaned up"), "what it had begun is undone");

        await host.SaveAsync("half", "half/config.yaml", "fixed: true\n");
        Assert.Equal("one", await host.CallAsync("early"));
        Assert.True((await host.Registry.UnloadAsync("half")).Ok);
        Assert.Empty(await host.ToolsAsync());
    }

    [Theory]
    [InlineData("work")]
    [InlineData("my.dotted.work")]
    public async Task L3_A_failed_reload_gives_the_reason_and_removes_nothing(string name)
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ($"{name}.csx", Tool("work")));
        host.Folder.Write($"{name}.csx", "mcp.Tool(\"work\", \"\", () => text);");

        var result = await host.Registry.ReloadAsync(name);

        Assert.Equal((false, PluginStage.Compile), (result.Ok, result.Stage));
        Assert.Contains($"{name}.csx(1,28): error CS0103: The name 'text' does not exist in the current context", result.Error);
        Assert.Equal("one", await host.CallAsync("work"));
        Assert.Equal(1, result.Plugin!.Generation);
    }

    [Fact]
    public async Task L4_All_files_of_a_plugin_are_read_again_and_its_body_runs_once()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false },
            ("my.plugin/tools.csx", "string Word() => \"one\";"),
            ("my.plugin/main.csx", "#load \"tools.csx\"\nmcp.Logger.LogInformation(\"body\");\nmcp.Tool(\"work\", \"\", () => Word());"));
        int Bodies() => host.Log.Lines.Count(line => line == "Information [plugin.my.plugin] body");
        Assert.Equal(1, Bodies());

        // Same size, and the same second for all that the file system says.
        var time = File.GetLastWriteTimeUtc(host.Folder["my.plugin/tools.csx"]);
        host.Folder.Write("my.plugin/tools.csx", "string Word() => \"two\";");
        File.SetLastWriteTimeUtc(host.Folder["my.plugin/tools.csx"], time);
        await host.Registry.ReloadAsync("my.plugin");
        Assert.Equal("two", await host.CallAsync("work"));
        Assert.Equal(2, Bodies());

        host.Folder.Write("my.plugin/tools.csx", "string Word() => \"six\";");
        await host.Registry.UnloadAsync("my.plugin");
        await host.Registry.LoadAsync("my.plugin");
        Assert.Equal("six", await host.CallAsync("work"));
        Assert.Equal(3, Bodies());
    }

    [Fact]
    public async Task L5_Resources_and_prompts_follow_a_reload_and_are_removed_by_an_unload()
    {
        static string Both(string word) => $$"""
            mcp.Prompt("ask", "", () => "{{word}}");
            mcp.Resource("a://b", () => "{{word}}");
            mcp.ResourceTemplate("a://c/{id}", (string id) => "{{word}} " + id);
            """;
        await using var host = await TestHost.StartAsync(("both.csx", Both("old")));
        var client = await host.Client;
        await host.SaveAsync("both.csx", Both("new"));

        Assert.Equal("new", ((TextContentBlock)(await client.GetPromptAsync("ask")).Messages.Single().Content).Text);
        Assert.Equal("new", ((TextResourceContents)(await client.ReadResourceAsync("a://b")).Contents.Single()).Text);
        Assert.Equal("new 7", ((TextResourceContents)(await client.ReadResourceAsync("a://c/7")).Contents.Single()).Text);

        await host.Registry.UnloadAsync("both");
        Assert.Empty(await client.ListPromptsAsync());
        Assert.Empty(await client.ListResourcesAsync());
        Assert.Empty(await client.ListResourceTemplatesAsync());
        await Assert.ThrowsAsync<McpProtocolException>(() => client.ReadResourceAsync("a://c/7").AsTask());
    }

    [Fact]
    public async Task L6_Tools_found_by_attribute_and_under_another_name_are_tracked_like_all_others()
    {
        await using var host = await TestHost.StartAsync(("tagged.csx", """
            [McpServerTool(Name = "renamed")] string Original() => "one";
            [McpServerToolType] class More { [McpServerTool(Name = "in_class")] public static string Any() => "two"; }
            """));
        Assert.Equal(["in_class", "renamed"], await host.ToolsAsync());
        Assert.Equal(("tagged", "tagged"), (host.Registry.FindToolOwner("renamed"), host.Registry.FindToolOwner("in_class")));

        Assert.Equal(PluginStage.Publish, (await host.SaveAsync("other.csx", Tool("renamed"))).Stage);
        Assert.Equal(["in_class", "renamed"], (await host.Registry.UnloadAsync("tagged")).Removed.Order());
        await TestHost.UntilAsync(() => host.Registry.FindToolOwner("renamed") == "other", "the one that waited for the name has it");
    }

    [Fact]
    public async Task L7_Work_that_an_unloaded_plugin_began_ends_with_it()
    {
        await using var host = await TestHost.StartAsync(("worker.csx", """
            sealed class Connection(ILogger<Connection> log) : IDisposable { public void Dispose() => log.LogInformation("connection closed"); }
            mcp.Services.AddSingleton<Connection>();
            mcp.Tool("work", "", (Connection connection) => 1);
            mcp.OnLive(async retiring =>
            {
                mcp.Logger.LogInformation("loop began");
                try { await Task.Delay(Timeout.Infinite, retiring); }
                finally { mcp.Logger.LogInformation("loop ended"); }
            });
            mcp.OnUnload(async () => { await Task.Yield(); mcp.Logger.LogInformation("unloaded"); });
            """));
        await host.CallAsync("work");
        await TestHost.UntilAsync(() => host.Log.Text.Contains("loop began"), "the loop has begun");

        await host.Registry.UnloadAsync("worker");

        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "nothing is left of it");
        string[] ends = ["loop ended", "unloaded", "connection closed"];
        Assert.Equal(ends, host.Log.Lines.Select(line => line[(line.IndexOf(']') + 2)..]).Where(ends.Contains));
    }

    [Fact]
    public async Task L8_Parts_are_found_beside_their_plugin_and_never_in_another()
    {
        await using var host = await TestHost.StartAsync(
            ("a/main.csx", "#load \"tools/tools.csx\"\nmcp.Tool(\"a\", \"\", () => Tools.Whose);"),
            ("a/tools/tools.csx", "#load \"../names.csx\"\nstatic class Tools { public static string Whose => \"of \" + Names.Mine; }"),
            ("a/names.csx", "static class Names { public const string Mine = \"a\"; }"),
            ("b/main.csx", "#load \"tools/tools.csx\"\nmcp.Tool(\"b\", \"\", () => Tools.Whose);"),
            ("b/tools/tools.csx", "#load \"../names.csx\"\nstatic class Tools { public static string Whose => \"of \" + Names.Mine; }"),
            ("b/names.csx", "static class Names { public const string Mine = \"b\"; }"));
        Assert.Equal(("of a", "of b"), (await host.CallAsync("a"), await host.CallAsync("b")));
    }

    [Fact]
    public async Task L9_A_missing_dependency_is_reported_as_such()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Autoload = [] }, ("needs.csx", "#r \"Acme.Weather.dll\"\n" + Tool("needs")), ("uses.csx", "using Acme.Weather;\n" + Tool("uses")));
        var missing = await host.Registry.LoadAsync("needs");
        Assert.Equal(PluginStage.Compile, missing.Stage);
        Assert.Contains($"'Acme.Weather.dll' cannot be read: there is no file '{host.Folder["Acme.Weather.dll"]}'", missing.Error);

        Assert.Contains("uses.csx(1,7): error CS0246: The type or namespace name 'Acme' could not be found", (await host.Registry.LoadAsync("uses")).Error);
    }

    [Fact]
    public async Task L10_Any_number_of_callers_may_change_and_read_concurrently()
    {
        string[] names = ["a", "b", "c"];
        await using var host = await TestHost.StartAsync([.. names.Select(name => ($"{name}.csx", Tool(name)))]);
        var client = await host.Client;
        using var enough = new CancellationTokenSource();
        Task[] looking =
        [
            Caller.RepeatAsync(enough.Token, () => Task.FromResult(host.Registry.GetSummary())),
            Caller.RepeatAsync(enough.Token, () => Task.FromResult(host.Registry.AllTools.Select(host.Registry.FindToolOwner).ToList())),
            Caller.RepeatAsync(enough.Token, () => client.ListToolsAsync().AsTask()),
        ];
        // Each name is changed by two hands at once: refusals are fine, anything thrown is not.
        var changing = names.Concat(names).Select(name => Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await host.Registry.ReloadAsync(name);
                await host.Registry.UnloadAsync(name);
                await host.Registry.LoadAsync(name);
            }
        }));
        await Task.WhenAll(changing);
        await enough.CancelAsync();
        await Task.WhenAll(looking);

        foreach (var name in names)
            await host.Registry.LoadAsync(name);
        Assert.Equal(names, await host.ToolsAsync());
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == names.Length, "only what is served is alive");
    }

    [Theory]
    [InlineData(ListRecorder.SessionEra)]
    [InlineData(ListRecorder.StatelessEra)]
    public async Task L11_Every_session_is_notified_of_changes_made_by_hand_and_the_capability_is_advertised(string era)
    {
        await using var host = await TestHost.StartAsync(("a.csx", Tool("a") + """mcp.Prompt("p", "", () => ""); mcp.Resource("r://r", () => "");"""));
        ListRecorder[] recorders = [await ListRecorder.OpenAsync(host, era), await ListRecorder.OpenAsync(host, era)];
        foreach (var recorder in recorders)
        {
            var offers = recorder.Client.ServerCapabilities;
            Assert.Equal((true, true, true), (offers.Tools?.ListChanged, offers.Prompts?.ListChanged, offers.Resources?.ListChanged));
        }

        await host.Registry.UnloadAsync("a");
        await host.Registry.LoadAsync("a");
        foreach (var recorder in recorders)
        {
            await TestHost.UntilAsync(() => recorder is { Tools: >= 2, Prompts: >= 2, Resources: >= 2 }, "both changes are received");
            await recorder.CatchUpAsync();
            Assert.Equal((2, 2, 2), recorder.All);
        }
    }

    [Fact]
    public async Task L15_Plugins_have_generations_an_order_and_a_record_of_removed_items()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Autoload = [new("second"), new("first")] }, ("first.csx", Tool("a") + Tool("b")), ("second.csx", Tool("c")));
        Assert.Equal(["second", "first"], host.Registry.GetSummary().Plugins.Select(plugin => plugin.Key));
        var before = host.StatusOf("first");

        var result = await host.SaveAsync("first.csx", Tool("a") + Tool("d"));

        Assert.Equal(["b"], result.Removed.AsEnumerable());
        var after = host.StatusOf("first");
        Assert.Equal((1, 2), (before.Generation, after.Generation));
        Assert.True(after.LoadedAt > before.LoadedAt);
        Assert.Equal(["a", "d"], after.Tools.AsEnumerable());
        Assert.Equal(["second", "first"], host.Registry.GetSummary().Plugins.Select(plugin => plugin.Key));
        Assert.Equal((3, 2), (host.Registry.GetSummary().TotalTools, host.Registry.GetSummary().TotalPlugins));
    }

    [Fact]
    public async Task R1_A_tool_that_blocks_its_thread_blocks_no_other_call()
    {
        // No call passes before all four are in: one after the other they would never get through.
        using var all = new Barrier(4);
        await using var host = await TestHost.StartAsync(all, ("sync.csx", """
            mcp.Tool("blocks", "", (Barrier all) => all.SignalAndWait(TimeSpan.FromSeconds(20)) ? "through" : "stuck");
            mcp.Tool("quick", "", () => "quick");
            """));
        var calls = Enumerable.Range(0, 3).Select(_ => host.CallAsync("blocks")).ToList();
        await TestHost.UntilAsync(() => all.ParticipantsRemaining == 1, "three are waiting");

        Assert.Equal(["blocks", "quick"], await host.ToolsAsync());
        Assert.Equal("quick", await host.CallAsync("quick"));
        calls.Add(host.CallAsync("blocks"));
        Assert.Equal(["through", "through", "through", "through"], await Task.WhenAll(calls));
    }

    [Fact]
    public async Task R10_Clients_get_the_configured_name_version_and_instructions_and_unused_keys_are_reported()
    {
        var setup = new TestSetup { ConfigYaml = "server_name: Weather\nversion: 9.8.7\ninstructions: Name a city.\nservice_type: proxy\n" };
        await using var host = await TestHost.StartAsync(setup, ("a.csx", Tool("a")));
        foreach (var era in new[] { ListRecorder.SessionEra, ListRecorder.StatelessEra })
        {
            var client = await host.ConnectAsync(era);
            Assert.Equal(("Weather", "9.8.7", "Name a city."), (client.ServerInfo?.Name, client.ServerInfo?.Version, client.ServerInstructions));
        }
        Assert.Contains(host.Server.Config.Warnings, warning => warning.Contains("service_type") && warning.Contains("ignored"));

        await using var plain = await TestHost.StartAsync(("a.csx", Tool("a")));
        Assert.Equal(Hosting.ProductVersion.Text, (await plain.Client).ServerInfo?.Version);
    }
}
