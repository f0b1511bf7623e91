using McpScript.Model;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>The author's side: a plugin's life, its state, services, settings and log.</summary>
public class AuthorLifeSpecs
{
    [Fact]
    public async Task A_generation_gets_its_lifecycle_events_in_order_and_a_running_call_delays_only_the_last()
    {
        static string Life(int number) => $$"""
            void Say(string what) => mcp.Logger.LogInformation($"{what} {{number}}");
            Say("registering");
            mcp.OnLive(() => Say("live"));
            mcp.Retiring.Register(() => Say("retiring"));
            mcp.Unloading.Register(() => Say("unloading"));
            mcp.OnUnload(() => Say("first registered"));
            mcp.OnUnload(async () => { await Task.Yield(); Say("last registered"); });
            mcp.Tool("slow", "", async (Turnstile door) => { Say("called"); await door.PassAsync(); Say("answered"); return {{number}}; });
            """;
        var door = new Turnstile();
        await using var host = await TestHost.StartAsync(door, ("life.csx", Life(1)));
        await TestHost.UntilAsync(() => Said(host).Contains("live 1"), "the first generation is live");
        var call = host.CallAsync("slow");
        await door.CallerWaiting;

        await host.SaveAsync("life.csx", Life(2));
        await TestHost.UntilAsync(() => Said(host).Contains("live 2"), "the second generation is live");
        Assert.Equal(["registering 1", "live 1", "called 1", "registering 2", "retiring 1", "live 2"], Said(host));

        door.Open();
        Assert.Equal("1", await call);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "the first generation is gone");
        Assert.Equal(["answered 1", "unloading 1", "last registered 1", "first registered 1"], Said(host).Skip(6));
    }

    [Fact]
    public async Task A_generation_that_is_never_served_never_goes_live_and_is_cleaned_up()
    {
        await using var host = await TestHost.StartAsync(("life.csx", """
            mcp.OnLive(() => mcp.Logger.LogInformation("live"));
            mcp.OnUnload(() => mcp.Logger.LogInformation("cleaned up"));
            mcp.Tool("proxy__no", "", () => 1);
            """));
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
        Assert.Equal(["cleaned up"], Said(host));
    }

    [Fact]
    public async Task A_generation_that_is_retired_before_its_turn_to_go_live_never_goes_live()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Options = new() { Retirement = new() { CancelGrace = TestHost.Patience } } });
        var go = Path.Combine(host.Folder.Outside, "go");
        // As long as the first generation does not let go, the second one cannot go live.
        await host.SaveAsync("life.csx", $"mcp.Tool(\"any\", \"\", () => 1);\nmcp.Retiring.Register(() => SpinWait.SpinUntil(() => File.Exists(\"{go}\")));");
        await host.SaveAsync("life.csx", """
            mcp.Tool("any", "", () => 2);
            mcp.OnLive(() => mcp.Logger.LogInformation("live"));
            mcp.Retiring.Register(() => mcp.Logger.LogInformation("retiring"));
            mcp.OnUnload(() => mcp.Logger.LogInformation("unloaded"));
            """);

        await host.Registry.UnloadAsync("life");
        await TestHost.UntilAsync(() => Said(host).Contains("retiring"), "the second one retires");
        File.WriteAllText(go, "");

        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "both are gone");
        Assert.Equal(["retiring", "unloaded"], Said(host));
    }

    [Fact]
    public async Task State_is_kept_over_reloads_committed_with_the_swap_and_forgotten_with_the_unload()
    {
        const string Counter = """
            record Visit(string Who, int Times);
            mcp.Tool("visit", "", (string who) => mcp.State.Update<Visit>("visit", before => new(who, (before?.Times ?? 0) + 1)).Times);
            mcp.Tool("look", "", () => $"{mcp.State.Get<Visit>("visit")?.Who} {mcp.State.Get<int>("registered")} {string.Join(' ', mcp.State.Keys.Order())}");

            """;
        await using var host = await TestHost.StartAsync(("count.csx", Counter + """mcp.State.Set("registered", 1);"""));
        Assert.Equal("1", await host.CallAsync("visit", new { who = "Ann" }));

        // The type is another one in the new generation; the value is the same.
        Assert.True((await host.SaveAsync("count.csx", Counter + """mcp.State.Set("registered", mcp.State.Get<int>("registered") + 1);""")).Ok);
        Assert.Equal("2", await host.CallAsync("visit", new { who = "Bob" }));
        Assert.Equal("Bob 2 registered visit", await host.CallAsync("look"));

        Assert.False(
            (await host.SaveAsync("count.csx", Counter + """mcp.State.Set("registered", 99); mcp.State.Remove("visit"); throw new Exception("no");""")).Ok);
        Assert.Equal("Bob 2 registered visit", await host.CallAsync("look"));
        Assert.False((await host.SaveAsync("count.csx", Counter + """mcp.State.Set("registered", 98); mcp.Tool("proxy__no", "", () => 1);""")).Ok);
        Assert.Equal("Bob 2 registered visit", await host.CallAsync("look"));

        await host.Registry.UnloadAsync("count");
        host.Folder.Write("count.csx", Counter);
        await host.Registry.LoadAsync("count");
        Assert.Equal(" 0 ", await host.CallAsync("look"));
    }

    [Fact]
    public async Task Services_are_the_plugins_own_and_go_with_it()
    {
        await using var host = await TestHost.StartAsync(("services.csx", """
            interface IGreeter { string Greet(); }
            class Greeter(string word) : IGreeter { public string Greet() => word; }
            class Horn { public string Word => "LOUD"; }
            class PerCall(ILogger<PerCall> log) : IDisposable
            {
                public Guid Id { get; } = Guid.NewGuid();
                public void Dispose() => log.LogInformation("scope ended");
            }
            class Kept : IAsyncDisposable
            {
                public Guid Id { get; } = Guid.NewGuid();
                public ValueTask DisposeAsync() { Ended?.Invoke(); return default; }
                public Action? Ended;
            }

            mcp.Services.AddSingleton<IGreeter>(new Greeter("plain"));
            mcp.Services.AddKeyedSingleton("loud", new Horn());
            mcp.Services.AddScoped<PerCall>();
            mcp.Services.AddSingleton(_ => new Kept { Ended = () => mcp.Logger.LogInformation("kept ended") });
            mcp.Tool("greet", "", (IGreeter greeter, [FromKeyedServices("loud")] Horn horn) => $"{greeter.Greet()} {horn.Word}");
            mcp.Tool("scoped", "", (PerCall one, PerCall two, Kept kept) => $"{one.Id == two.Id} {one.Id} {kept.Id}");
            mcp.Tool("preset", "", (ILogger<Kept> log, TimeProvider time, IHttpClientFactory http, PluginConfig settings) =>
                $"{log is not null} {time == TimeProvider.System} {http.CreateClient() is not null} {settings == config}");
            mcp.Prompt("ask", "", (IGreeter greeter) => greeter.Greet());
            mcp.Resource("services://greet", (IGreeter greeter) => greeter.Greet());
            """));
        Assert.Equal("plain LOUD", await host.CallAsync("greet"));
        Assert.Equal("True True True True", await host.CallAsync("preset"));
        var (first, second) = ((await host.CallAsync("scoped")).Split(' '), (await host.CallAsync("scoped")).Split(' '));
        Assert.Equal(("True", "True"), (first[0], second[0]));
        Assert.NotEqual(first[1], second[1]);
        Assert.Equal(first[2], second[2]);
        Assert.Equal(2, host.Log.Lines.Count(line => line.EndsWith("scope ended")));
        Assert.Equal(
            "plain", ((ModelContextProtocol.Protocol.TextContentBlock)(await (await host.Client).GetPromptAsync("ask")).Messages.Single().Content).Text);
        await (await host.Client).ReadResourceAsync("services://greet");

        await host.Registry.UnloadAsync("services");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
        Assert.Single(host.Log.Lines, line => line.EndsWith("kept ended"));
    }

    [Fact]
    public async Task A_parameter_that_can_never_be_bound_is_a_problem_when_loading_not_when_calling()
    {
        await using var host = await TestHost.StartAsync(("unfilled.csx", """
            interface IStore { }
            mcp.Tool("needs", "", (IStore store) => 1);
            [McpServerToolType] class Tools(IStore store) { [McpServerTool] public string Any() => store.ToString()!; }
            mcp.Resource("a://b", ([FromKeyedServices("none")] IStore store) => "");
            """));
        var problems = host.StatusOf("unfilled").Problems;
        Assert.Equal((PluginLoadException.Verb(PluginStage.Register), 3), (host.StatusOf("unfilled").Stage, problems.Length));
        Assert.Contains(
            problems, problem => problem.Message.StartsWith("Parameter 'store' of tool 'needs' is of type IStore, which is neither a registered service nor"));
        Assert.Contains(problems, problem => problem.Message.StartsWith("Class Tools cannot be made for a call: IStore is not registered."));
        Assert.Empty(await host.ToolsAsync());
    }

    [Fact]
    public async Task The_log_of_a_plugin_carries_its_name()
    {
        await using var host = await TestHost.StartAsync(("talks.csx", """
            mcp.Logger.LogWarning("from {Name}", mcp.PluginName);
            mcp.Tool("talk", "", (ILogger<string> log) => { log.LogInformation("in a call"); return 1; });
            """));
        await host.CallAsync("talk");
        Assert.Contains("Warning [plugin.talks] from talks", host.Log.Lines);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Information [") && line.EndsWith("] in a call"));
    }

    [Fact]
    public async Task Settings_are_read_by_key_or_bound_to_a_record_and_misfits_are_reported_with_their_location()
    {
        const string Bound = """
            record Limits(int Size, TimeSpan? Wait = null);
            enum Mode { Quick, VeryCareful }
            record Settings(string ApiKey, Mode Mode, Limits Limits, string[] Cities);
            var settings = config.Bind<Settings>();
            mcp.Tool("bound", "", () => $"{settings.ApiKey} {settings.Mode} {settings.Limits.Size} {string.Join('+', settings.Cities)}");
            mcp.Tool("by_key", "",
                () => $"{config["api_key"]} {config.Get<int>("limits.size")} {config.Get("limits.none", 7)} {string.Join('+', config.Keys)}");
            """;
        await using var host = await TestHost.StartAsync(("weather.csx", Bound), ("weather/config.yaml", """
            api_key: abc
            mode: very_careful
            limits: { size: 5 }
            cities: [Rome, Oslo]
            """));
        Assert.Equal("abc VeryCareful 5 Rome+Oslo", await host.CallAsync("bound"));
        Assert.Equal("abc 5 7 api_key+mode+limits+cities", await host.CallAsync("by_key"));

        var misfit = await host.SaveAsync("weather", "weather/config.yaml", "api_key: abc\nmode: quick\nlimits: { size: many }\ncities: []\n");
        Assert.Equal(PluginStage.Register, misfit.Stage);
        Assert.Contains($"PluginConfigException: {host.Folder["weather/config.yaml"]}: 'limits.size' does not fit", misfit.Problems.Single().Message);
        var unknown = await host.SaveAsync("weather", "weather/config.yaml", "api_key: abc\nmode: quick\nlimits: { size: 5 }\ncities: []\nmoed: quick\n");
        Assert.Contains("moed", unknown.Problems.Single().Message);
        Assert.All([misfit, unknown], result => Assert.DoesNotContain("LineNumber", result.Problems.Single().Message));
        Assert.Equal("abc VeryCareful 5 Rome+Oslo", await host.CallAsync("bound"));
    }

    [Fact]
    public async Task A_registration_that_never_ends_is_abandoned_and_blocks_no_other_plugin()
    {
        var setup = new TestSetup { Configure = config => config with { RegisterTimeout = TimeSpan.FromSeconds(3) } };
        await using var host = await TestHost.StartAsync(
            setup, ("stuck.csx", """mcp.Tool("stuck", "", () => "old");"""), ("other.csx", """mcp.Tool("other", "", () => "one");"""));

        // It ends when it is given up, and never before: the processor is needed for other specs.
        var stuck = await host.SaveAsync("stuck.csx", """
            mcp.Tool("stuck", "", () => "new");
            while (!mcp.Retiring.IsCancellationRequested) { }
            """);
        Assert.Equal((PluginStage.Register, "MCS0003"), (stuck.Stage, stuck.Problems.Single().Code));
        Assert.Contains("The registration did not finish within 3 s and was abandoned.", stuck.Error);
        Assert.Equal("old", await host.CallAsync("stuck"));

        var waiting = await host.SaveAsync("stuck.csx", """await Task.Delay(Timeout.Infinite, mcp.Unloading); mcp.Tool("stuck", "", () => "new");""");
        Assert.Equal("MCS0003", waiting.Problems.Single().Code);

        Assert.True((await host.SaveAsync("other.csx", """mcp.Tool("other", "", () => "two");""")).Ok);
        Assert.Equal("two", await host.CallAsync("other"));
        Assert.True((await host.SaveAsync("stuck.csx", """await Task.Yield(); mcp.Tool("stuck", "", () => "mended");""")).Ok);
        Assert.Equal("mended", await host.CallAsync("stuck"));
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 2, "the abandoned ones are gone");
    }

    [Fact]
    public async Task Registering_after_the_registration_is_refused_with_the_reason()
    {
        await using var host = await TestHost.StartAsync(("late.csx", """
            string Try(Action action)
            {
                try { action(); return "accepted"; }
                catch (InvalidOperationException e) { return e.Message; }
            }
            mcp.Tool("late_tool", "", () => Try(() => mcp.Tool("more", "", () => 1)));
            mcp.Tool("late_prompt", "", () => Try(() => mcp.Prompt("more", "", () => "")));
            mcp.Tool("late_clean_up", "", () => Try(() => mcp.OnUnload(() => { })));
            mcp.Tool("late_service", "", () => Try(() => mcp.Services.AddSingleton("")));
            mcp.Tool("late_state", "", () => Try(() => mcp.State.Set("any", 1)));
            """));
        foreach (var tool in new[] { "late_tool", "late_prompt", "late_clean_up" })
            Assert.Equal("Plugin 'late' has registered already. Register in the script's body; to change what a running plugin offers, "
                + "await mcp.UpdateAsync(…).", await host.CallAsync(tool));
        Assert.NotEqual("accepted", await host.CallAsync("late_service"));
        Assert.Equal("accepted", await host.CallAsync("late_state"));
        Assert.Equal(5, (await host.ToolsAsync()).Length);
    }

    [Fact]
    public async Task An_invalid_name_or_URI_is_refused_at_its_location()
    {
        await using var host = await TestHost.StartAsync(
            ("name.csx", "\nmcp.Tool(\"not a name\", \"\", () => 1);"), ("uri.csx", "mcp.Resource(\"status\", () => \"\");"),
            ("template.csx", "mcp.Resource(\"a://{id}\", (string id) => id);"), ("fixed.csx", "mcp.ResourceTemplate(\"a://b\", () => \"\");"));
        var name = host.StatusOf("name").Problems.Single();
        Assert.Equal((host.Folder["name.csx"], 2), (name.File, name.Line));
        Assert.Contains("'not a name' is not a tool name: 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.' are allowed.", name.Message);
        Assert.Contains("'status' is not an absolute URI such as demo://status.", host.StatusOf("uri").Problems.Single().Message);
        Assert.Contains("offer it with mcp.ResourceTemplate", host.StatusOf("template").Problems.Single().Message);
        Assert.Contains("offer it with mcp.Resource.", host.StatusOf("fixed").Problems.Single().Message);
    }

    [Fact]
    public async Task A_script_that_registers_nothing_is_a_problem_and_keeps_the_old_version()
    {
        await using var host = await TestHost.StartAsync(("idle.csx", """mcp.Tool("idle", "", () => "one");"""));
        var result = await host.SaveAsync("idle.csx", "// mcp.Tool later\nvar x = 1;\n");
        Assert.Equal(("MCS0002", PluginStage.Register), (result.Problems.Single().Code, result.Stage));
        Assert.Equal("one", await host.CallAsync("idle"));
    }

    [Fact]
    public async Task The_demo_scripts_answer_as_the_originals_do()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "scripts-plugins")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("scripts-plugins is nowhere above the tests.");
        await using var host = await TestHost.StartAsync([
            .. Directory.GetFiles(Path.Combine(folder.FullName, "scripts-plugins"), "*.csx").Select(path => (Path.GetFileName(path), File.ReadAllText(path)))]);
        var client = await host.Client;

        Assert.All(host.Registry.GetSummary().Plugins, plugin => Assert.Equal("live", plugin.Value.State));
        Assert.Equal(["demo_time", "echo", "echo_upper", "greet"], await host.ToolsAsync());
        Assert.Equal("echo: hi", await host.CallAsync("echo", new { message = "hi" }));
        Assert.Equal("ECHO: HI", await host.CallAsync("echo_upper", new { message = "hi" }));
        Assert.Equal("Hello, Ann!", await host.CallAsync("greet", new { name = "Ann" }));
        Assert.Equal("ok", ((ModelContextProtocol.Protocol.TextResourceContents)(await client.ReadResourceAsync("demo://status")).Contents.Single()).Text);
        Assert.Equal("demo_summarize", Assert.Single(await client.ListPromptsAsync()).Name);
    }

    static IReadOnlyList<string> Said(TestHost host) =>
        [.. host.Log.Lines.Where(line => line.StartsWith("Information [plugin.life] ")).Select(line => line["Information [plugin.life] ".Length..])];
}
