using McpScript.Model;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs;

/// <summary>Plugins that are prebuilt assemblies.</summary>
public class DllPluginSpecs
{
    static readonly TestSetup Quiet = new();

    static TestSetup With(Action<TestFolder> prepare) => Quiet with { Prepare = prepare };

    static BuiltDll Tool(string assembly, string tool, string answer) => Dll.Build(assembly, $$"""
        [McpServerToolType]
        public static class Tools { [McpServerTool(Name = "{{tool}}")] public static string Answer() => {{answer}}; }
        """);

    [Fact]
    public async Task An_assembly_for_the_official_SDK_is_a_plugin_without_changes()
    {
        var build = BuiltProgram.FixtureOutput("Weather");
        await using var host = await TestHost.StartAsync(With(folder => CopyAll(build, folder["Weather"])));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);

        Assert.Contains("City: Oslo", await host.CallAsync("weather_of", new { city = "Oslo" }));
        Assert.Contains("Temperature of Oslo requested.", host.Log.Text);
        var client = await host.Client;
        var tools = await client.ListToolsAsync();
        var of = tools.Single(tool => tool.Name == "weather_of");
        Assert.Equal("Returns the temperature of a city, as YAML.", of.Description);
        Assert.Equal("The city's name.", of.JsonSchema.GetProperty("properties").GetProperty("city").GetProperty("description").GetString());
        Assert.Equal("The scales of the temperature.", of.JsonSchema.GetProperty("properties").GetProperty("scales").GetProperty("description").GetString());
        Assert.True(of.ProtocolTool.Annotations?.ReadOnlyHint);
        Assert.Equal("The scales there are.", tools.Single(tool => tool.Name == "weather_units").Description);
        Assert.Equal("Asks what to wear.", (await client.ListPromptsAsync()).Single().Description);
        Assert.Equal(("live", "dll folder"), (host.StatusOf("Weather").State, host.StatusOf("Weather").Source));
        var files = host.Registry.Plugins.Single().Files.Where(file => file.Hash is not null).Select(file => Path.GetFileName(file.Path)).ToList();
        foreach (var file in new[] { "Weather.dll", "Weather.pdb", "Weather.xml", "Weather.deps.json", "YamlDotNet.dll" })
            Assert.Contains(file, files);

        await host.Registry.UnloadAsync("weather");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone, its dependency too");
    }

    [Fact]
    public async Task Plugin_classes_register_like_scripts_and_win_over_attributes()
    {
        var dll = Dll.Build("Greeter", """
            public sealed class Greeter : IPlugin
            {
                public void Register(IPluginBuilder mcp, PluginConfig config)
                {
                    mcp.Tool("greet", "Greets.", (string name) => $"{config.Get("word", "Hello")}, {name}!");
                    mcp.Command("greetings", "Counts.", proxy => proxy.Plugins.Count);
                }
            }
            [McpServerToolType]
            public static class Tools { [McpServerTool(Name = "unasked")] public static int Unasked() => 1; }
            """);
        await using var host = await TestHost.StartAsync(With(folder => dll.WriteTo(folder.Path)), ("Greeter/config.yaml", "word: Servus"));
        Assert.Equal(["greet"], host.Registry.AllTools);
        Assert.Equal("Servus, Ada!", await host.CallAsync("greet", new { name = "Ada" }));
        Assert.Equal("dll", host.StatusOf("Greeter").Source);
    }

    [Fact]
    public async Task An_error_in_a_dll_is_logged_with_the_line_of_its_source()
    {
        var dll = Dll.Build("Thrower", """
            [McpServerToolType]
            public static class Tools
            {
                [McpServerTool(Name = "throws")]
                public static string Throws() => throw new InvalidOperationException("not today");
            }
            """);
        await using var host = await TestHost.StartAsync(With(folder => dll.WriteAllTo(folder.Path)));
        Assert.True((await host.CallForResultAsync("throws")).IsError);
        Assert.Contains("/src/Thrower.cs:line 5", host.Log.Text);
    }

    [Fact]
    public async Task Two_plugins_use_different_versions_of_one_dependency_and_both_unload()
    {
        static BuiltDll Words(int version) => Dll.Build("Words", $$"""
            [assembly: System.Reflection.AssemblyVersion("{{version}}.0.0.0")]
            public static class Words { public static int Uses; public static string Say() => $"{{version}} used {++Uses}"; }
            """);
        static void Prepare(TestFolder folder)
        {
            foreach (var (name, version) in new[] { ("Old", 1), ("New", 2) })
            {
                Words(version).WriteAllTo(folder[name]);
                Dll.Build(name, $"[McpServerToolType] public static class Tools {{ [McpServerTool(Name = \"{name}\")] public static string Say() => "
                    + $"Words.Say(); }}", Words(version).Assembly)
                    .WriteAllTo(folder[name]);
            }
        }
        await using var host = await TestHost.StartAsync(With(Prepare));
        Assert.Equal("1 used 1", await host.CallAsync("Old"));
        Assert.Equal("2 used 1", await host.CallAsync("New"));
        Assert.Equal("1 used 2", await host.CallAsync("Old"));
        Assert.Equal(["New", "Old"], host.Registry.Plugins.Select(plugin => plugin.Name));   // Words is no plugin

        foreach (var name in new[] { "Old", "New" })
        {
            Assert.True((await host.Registry.ReloadAsync(name)).Ok);
            Assert.True((await host.Registry.UnloadAsync(name)).Ok);
        }
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "both are gone");
    }

    [Fact]
    public async Task A_build_of_several_files_in_a_burst_is_one_reload()
    {
        static (BuiltDll Main, BuiltDll Part) Build(int version)
        {
            // Each version calls a method that only its own part has: a mixture of the two cannot work.
            var part = Dll.Build("Part", $"public static class Part {{ public static string Say{version}() => \"{version}\"; }}");
            return (Dll.Build("Whole", $"[McpServerToolType] public static class Tools {{ [McpServerTool(Name = \"say\")] public static string Say() => "
                + $"Part.Say{version}(); }}", part.Assembly), part);
        }
        static void Write(TestFolder folder, int version)
        {
            // Built before anything is written: between the files of one build there are no long pauses.
            var (main, part) = Build(version);
            part.WriteAllTo(folder["Whole"]);
            main.WriteAllTo(folder["Whole"]);
        }
        await using var host = await TestHost.StartAsync(With(folder => Write(folder, 1)));
        Assert.Equal("1", await host.CallAsync("say"));
        var turns = 0;
        host.Registry.Changed += turn => turns += turn.Results.Length;

        var result = await host.ChangeAsync("Whole", () => Write(host.Folder, 2));
        Assert.True(result.Ok, result.Error);
        Assert.Equal("2", await host.CallAsync("say"));
        await host.ScanAfterAsync(() => { });
        Assert.Equal((1, 2), (turns, host.StatusOf("Whole").Generation));
    }

    [Fact]
    public async Task A_DLL_rebuilt_twenty_times_under_load_fails_no_call_and_leaves_no_old_generation()
    {
        static void Write(TestFolder folder, int version)
        {
            var part = Dll.Build("Part", $"public static class Part {{ public static string Say{version}() => \"{version}\"; }}");
            var whole = Dll.Build("Busy", $$"""
                public record Answer(string Text);
                [McpServerToolType]
                public static class Tools
                {
                    [McpServerTool(Name = "busy", UseStructuredContent = true)] public static Answer Say() => new(Part.Say{{version}}());
                }
                """, part.Assembly);
            part.WriteTo(folder["Busy"]);
            whole.WriteAllTo(folder["Busy"]);
        }
        await using var host = await TestHost.StartAsync(With(folder => Write(folder, 0)));
        using var enough = new CancellationTokenSource();
        var calling = Caller.CallAsync(await host.ConnectAsync(), "busy", enough.Token);

        for (var version = 1; version <= 20; version++)
        {
            Assert.True((await host.ChangeAsync("Busy", () => Write(host.Folder, version))).Ok);
            Assert.Contains($"{version}", await host.CallAsync("busy"));
        }
        await enough.CancelAsync();
        Assert.True(await calling > 20);
        await TestHost.UntilAsync(
            () => host.Registry.LiveGenerations == 1, $"only the served generation is alive; left: {string.Join(", ", host.Registry.Retired)}");
    }

    [Fact]
    public async Task A_damaged_DLL_is_reported_and_the_old_version_serves_until_it_is_repaired()
    {
        await using var host = await TestHost.StartAsync(With(folder => Tool("Fragile", "fragile", "\"one\"").WriteTo(folder.Path)));
        var broken = await host.ChangeAsync(
            "Fragile", () => File.WriteAllBytes(host.Folder["Fragile.dll"], [.. Tool("Fragile", "fragile", "\"two\"").Assembly.Take(700)]));
        Assert.Equal((false, PluginStage.Compile), (broken.Ok, broken.Stage));
        Assert.Contains("'Fragile.dll' is not a .NET assembly", broken.Error);
        Assert.Equal(("one", "live, last reload failed"), (await host.CallAsync("fragile"), host.StatusOf("Fragile").State));

        // An author that removes the last tool by mistake does not lose the plugin either.
        var empty = await host.ChangeAsync("Fragile", () => Dll.Build("Fragile", "public class Nothing;").WriteTo(host.Folder.Path));
        Assert.Equal(PluginStage.Register, empty.Stage);
        Assert.Contains("The plugin registers nothing.", empty.Error);
        Assert.Equal("one", await host.CallAsync("fragile"));

        Assert.True((await host.ChangeAsync("Fragile", () => Tool("Fragile", "fragile", "\"three\"").WriteTo(host.Folder.Path))).Ok);
        Assert.Equal("three", await host.CallAsync("fragile"));

        await host.ChangeAsync("Fragile", () => host.Folder.Delete("Fragile.dll"));
        Assert.Empty(host.Registry.AllTools);
    }

    [Fact]
    public async Task A_shared_DLL_is_not_a_plugin_and_an_empty_one_in_a_folder_of_its_name_is_a_problem()
    {
        static void Prepare(TestFolder folder)
        {
            var words = Dll.Build("Words", "public static class Words { public static string Say() => \"hello\"; }");
            words.WriteTo(folder.Path);
            words.WriteTo(folder["Words2"]);
            File.Move(folder["Words2/Words.dll"], folder["Words2/Words2.dll"]);
            File.WriteAllBytes(folder["rubbish.dll"], [1, 2, 3]);
            Directory.CreateDirectory(folder["empty"]);
        }
        await using var host = await TestHost.StartAsync(With(Prepare), ("use.csx", "#r \"Words.dll\"\nmcp.Tool(\"use\", \"\", () => Words.Say());"));
        Assert.Equal("hello", await host.CallAsync("use"));
        Assert.Equal(["rubbish", "use", "Words2"], host.Registry.GetSummary().Plugins.Select(plugin => plugin.Key).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Contains(
            "The plugin registers nothing. Offer something with a class that implements McpScript.IPlugin", host.StatusOf("Words2").Problems.Single().Message);
        Assert.Contains("is not a .NET assembly", host.StatusOf("rubbish").Problems.Single().Message);
    }

    [Fact]
    public async Task A_plugin_that_needs_a_newer_shared_assembly_is_refused()
    {
        var newer = Dll.Build(
            "Microsoft.Extensions.Options", "[assembly: System.Reflection.AssemblyVersion(\"99.0.0.0\")] namespace Newer { public class Thing; }");
        var dll = Dll.Build("Modern",
            "[McpServerToolType] public static class Tools { [McpServerTool] public static string Say(Newer.Thing? thing = null) => \"\"; }", newer.Assembly);
        await using var host = await TestHost.StartAsync(With(folder => dll.WriteTo(folder.Path)));
        var problem = Assert.Single(host.StatusOf("Modern").Problems);
        Assert.Equal("MCS203", problem.Code);
        Assert.StartsWith("'Modern.dll' needs Microsoft.Extensions.Options 99.0.0.0, and this host provides 10.0.0.0", problem.Message);
    }

    [Fact]
    public async Task A_missing_dependency_is_named_and_the_plugin_recovers_when_it_appears()
    {
        var part = Dll.Build("Part", "public class Part { public override string ToString() => \"part\"; }");
        var dll = Dll.Build("Whole", "[McpServerToolType] public class Tools : "
            + "Part { [McpServerTool(Name = \"say\")] public static string Say() => new Part().ToString(); }", part.Assembly);
        await using var host = await TestHost.StartAsync(With(folder => dll.WriteTo(folder["Whole"])));
        Assert.Contains("The plugin needs the assembly 'Part, Version=0.0.0.0', which is neither beside it nor part of .NET.",
            host.StatusOf("Whole").Problems.Single().Message);

        Assert.True((await host.ChangeAsync("Whole", () => part.WriteTo(host.Folder["Whole"]))).Ok);
        Assert.Equal("part", await host.CallAsync("say"));
    }

    [Fact]
    public async Task A_script_takes_precedence_over_a_DLL_of_the_same_name_and_that_is_reported()
    {
        await using var host = await TestHost.StartAsync(
            With(folder => Tool("same", "dll", "\"dll\"").WriteTo(folder.Path)), ("same.csx", "mcp.Tool(\"script\", \"\", () => 1);"));
        Assert.Equal(["script"], host.Registry.AllTools);
        Assert.Contains($"'{host.Folder["same.dll"]}' is hidden by '{host.Folder["same.csx"]}'", host.Log.Text);
    }

    [Fact]
    public async Task A_path_in_the_configuration_may_name_any_kind_of_plugin_and_wins_the_name()
    {
        void Prepare(TestFolder folder)
        {
            Tool("One", "one", "\"dll\"").WriteTo(folder.Outside);
            Tool("Two", "two", "\"dll folder\"").WriteTo(Path.Combine(folder.Outside, "Two"));
            Directory.CreateDirectory(Path.Combine(folder.Outside, "nothing"));
            File.WriteAllText(Path.Combine(folder.Outside, "three.csx"), "mcp.Tool(\"three\", \"\", () => \"script\");");
        }
        var setup = With(Prepare) with
        {
            ConfigYaml = """
                plugins:
                  first: { path: outside/One.dll }
                  second: { path: outside/Two }
                  third: { path: outside/three.csx }
                  fourth: { path: outside/nothing }
                  fifth: { path: outside/missing.dll }
                """,
        };
        await using var host = await TestHost.StartAsync(setup, ("third.csx", "mcp.Tool(\"not_this\", \"\", () => 1);"));
        Assert.Equal(["one", "three", "two"], host.Registry.AllTools.Order());
        Assert.Equal("dll folder", await host.CallAsync("two"));
        Assert.Contains("in the folder", host.StatusOf("fourth").Problems.Single().Message);
        Assert.Contains("there is no file", host.StatusOf("fifth").Problems.Single().Message);

        var outside = host.Folder.Outside;
        var changed = await host.ChangeAsync(
            "third", () => File.WriteAllText(Path.Combine(outside, "three.csx"), "mcp.Tool(\"three\", \"\", () => \"edited\");"), result => result.Ok);
        Assert.True(changed.Ok);
        Assert.Equal("edited", await host.CallAsync("three"));
        Assert.True((await host.ChangeAsync(
            "fifth", () => File.WriteAllBytes(Path.Combine(outside, "missing.dll"), Tool("missing", "five", "\"5\"").Assembly), result => result.Ok)).Ok);
        Assert.Equal("5", await host.CallAsync("five"));
    }

    static void CopyAll(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
