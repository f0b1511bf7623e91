using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Authoring;

/// <summary><c>mcp-proxy check</c>: the problems of plugins, reported without serving them.</summary>
public sealed partial class CheckSpecs : IDisposable
{
    static readonly string Bad = Path.Combine(BuiltProgram.Checkout, "tests", "plugins", "bad");

    readonly ProxySite _site = new();

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Each_problem_in_a_folder_of_bad_plugins_is_found_at_its_location_and_nothing_else()
    {
        var ran = await _site.RunAsync("check", Bad, "--json");
        Assert.Equal((1, ""), (ran.Code, ran.Errors));
        var report = JsonNode.Parse(ran.Output)!;
        var found = report["findings"]!.AsArray().Select(finding =>
            $"{Path.GetRelativePath(Bad, (string)finding!["file"]!)}{(finding["line"] is { } line ? $"({line})" : "")} {finding["code"]}");
        Assert.Equal(Seeded().Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(report["findings"]!.AsArray().Count, (int)report["errors"]! + (int)report["warnings"]!);
        Assert.False((bool)report["ok"]!);
    }

    [Theory]
    [InlineData("scripts-plugins")]
    [InlineData("scripts-plugins/examples/features")]
    public async Task Nothing_is_found_in_the_plugins_that_come_with_it(string folder)
    {
        var path = Path.Combine(BuiltProgram.Checkout, folder);
        var plugins = Directory.GetFiles(path, "*.csx").Count(file => !file.EndsWith(".test.csx", StringComparison.Ordinal))
            + Directory.GetDirectories(path).Count(sub => File.Exists(Path.Combine(sub, "main.csx")));
        var note = Directory.Exists(Path.Combine(path, "examples")) ? NotLoaded("examples") : "";
        Assert.Equal(new(0, $"{note}{plugins} plugins checked: 0 errors, 0 warnings", ""), await _site.RunAsync("check", path, "--strict"));
    }

    // A plugin folder of its own, in another one.
    static string NotLoaded(string folder) => Path.Combine(BuiltProgram.Checkout, "scripts-plugins", folder) is var path
        ? $"{path}: not loaded. It has no 'main.csx', so what is in it is no plugin. Name one of its scripts 'main.csx', move them up, "
            + $"or serve it as a plugin folder of its own: --plugin-dir '{path}'.\n"
        : "";

    [Fact]
    public async Task Nothing_is_found_in_the_example_plugins_with_their_configuration() =>
        Assert.Equal(new(0, $"{NotLoaded("examples/features")}6 plugins checked: 0 errors, 0 warnings", ""),
            await _site.RunAsync("check", "--config", Path.Combine(BuiltProgram.Checkout, "config", "examples.yaml"), "--strict"));

    [Fact, Trait("Fault", "A24")]
    public async Task A_file_that_resembles_a_plugin_and_is_not_loaded_is_a_warning_with_the_fix()
    {
        const string Tool = """mcp.Tool("say", "Says it.", () => 1);""";
        (string File, string Reported, string Reason)[] overlooked =
        [
            ("my tool.csx", "my tool.csx", "'my tool' is not a plugin name"),
            ("weather/weather.csx", "weather", "Rename 'weather.csx' to 'main.csx'"),
            ("Up/Main.csx", "Up", "Rename 'Main.csx' to 'main.csx'"),
            ("my folder/main.csx", "my folder", "'my folder' is not a plugin name"),
            ("Tools.cs", "Tools.cs", "'Tools/main.csx' and 'Tools/Tools.cs'"),
            ("model/Types.cs", "model", "Add a main.csx"),
        ];
        foreach (var (file, _, _) in overlooked)
            _site.Write($"plugins/{file}", file.EndsWith(".cs", StringComparison.Ordinal) ? "class Types { }" : Tool);
        var report = JsonNode.Parse((await _site.RunAsync("check", "--json")).Output)!;
        foreach (var (file, reported, reason) in overlooked)
        {
            var finding = Assert.Single(report["findings"]!.AsArray(), finding => (string)finding!["file"]! == _site[$"plugins/{reported}"])!;
            Assert.Equal((file, "MCS723", "warning"), (file, (string)finding["code"]!, (string)finding["severity"]!));
            Assert.Contains(reason, (string)finding["message"]!, StringComparison.Ordinal);
        }
        Assert.Equal(overlooked.Length, report["findings"]!.AsArray().Count);
        Assert.Equal(overlooked.Length, report["not_loaded"]!.AsArray().Count);
    }

    [Fact, Trait("Fault", "A24")]
    public async Task Hidden_files_and_files_that_others_load_are_not_mentioned()
    {
        _site.Write("plugins/one.csx", "#load \"lib/words.csx\"\n#load \"part.csx\"\nmcp.Tool(\"one\", \"One.\", () => Word());");
        _site.Write("plugins/lib/words.csx", "string Word() => \"w\";");
        _site.Write("plugins/part.csx", "");
        _site.Write("plugins/_hidden.csx", "not even C#");
        _site.Write("plugins/_drafts/draft.csx", "not even C#");
        _site.Write("plugins/data/rows.csv", "1,2");
        Assert.Equal(new(0, "1 plugin checked: 0 errors, 0 warnings", ""), await _site.RunAsync("check", "--strict"));
    }

    [Fact]
    public async Task Warnings_end_with_0_and_with_the_option_with_1()
    {
        var file = _site.Write("plugins/say.csx", """mcp.Tool("say", "Says it.", (string text) => text);""");
        var told = $"{file}(1,10): warning MCS712: Tool 'say' does not describe 'text': write [Description(\"…\")] before the parameter, "
            + "or <param> in the method's XML comment. [say]\n1 plugin checked: 0 errors, 1 warning";
        Assert.Equal(new(0, told, ""), await _site.RunAsync("check"));
        Assert.Equal(new(1, told, ""), await _site.RunAsync("check", "--strict"));
    }

    [Fact]
    public async Task A_single_plugin_can_be_checked_with_its_settings_of_the_configuration()
    {
        var file = _site.Write(
            "plugins/one.csx", """mcp.Tool("one", config.Bind<Settings>().Text, () => 1); record Settings { public string Text { get; init; } = "One."; }""");
        _site.Write("plugins/two.csx", "not a plugin");
        var config = _site.Write("proxy.yaml", "plugins:\n  one:\n    txt: wrong\n");
        Assert.Equal(new(0, "1 plugin checked: 0 errors, 0 warnings", ""), await _site.RunAsync("check", file));
        var ran = await _site.RunAsync("check", file, "--config", config);
        Assert.Equal(1, ran.Code);
        Assert.Contains("error MCS0001: PluginConfigException: ", ran.Output);
        Assert.EndsWith("1 plugin checked: 1 error, 0 warnings", ran.Output);
        Assert.Equal(2, (await _site.RunAsync("check", "nowhere")).Code);
    }

    [Fact]
    public async Task Code_that_runs_only_when_a_plugin_is_served_does_not_run()
    {
        _site.Write("plugins/live.csx", """
            mcp.OnLive(() => System.IO.File.WriteAllText("went-live", ""));
            mcp.OnUnload(() => System.IO.File.WriteAllText("cleaned-up", ""));
            Console.WriteLine("Printed.");
            mcp.Tool("live", "Is live.", () => 1);
            """);
        Assert.Equal(new(0, "1 plugin checked: 0 errors, 0 warnings", ""), await _site.RunAsync("check"));
        Assert.False(File.Exists(_site["went-live"]));
        Assert.True(File.Exists(_site["cleaned-up"]));
    }

    [Fact]
    public async Task Code_that_releases_its_resources_is_not_a_finding()
    {
        _site.Write("plugins/tidy.csx", """
            using System.Runtime.InteropServices;
            var timer = new Timer(_ => { }, null, 1000, 1000);
            mcp.OnUnload(timer.Dispose);
            var handle = GCHandle.Alloc(new object());
            mcp.OnUnload(() => handle.Free());
            ConsoleCancelEventHandler handler = (_, _) => { };
            Console.CancelKeyPress += handler;
            mcp.OnUnload(() => Console.CancelKeyPress -= handler);
            mcp.OnLive(async retiring =>
            {
                using var every = new PeriodicTimer(TimeSpan.FromMinutes(1));
                while (await every.WaitForNextTickAsync(retiring)) { }
            });
            class Answer { public bool Sure { get; set; } }
            mcp.Tool("tidy", "Is tidy.", async (McpServer server, CancellationToken ct) =>
                (await server.ElicitAsync<Answer>(
                    "Sure?", new RequestOptions { JsonSerializerOptions = new(ModelContextProtocol.McpJsonUtilities.DefaultOptions) }, ct)).IsAccepted);
            """);
        Assert.Equal(new(0, "1 plugin checked: 0 errors, 0 warnings", ""), await _site.RunAsync("check"));
    }

    // What the files themselves say is wrong with them: '<- CODE CODE', at the end of the line or, with 'file', of the file as a whole.
    static IEnumerable<string> Seeded() =>
        from file in Directory.GetFiles(Bad, "*", SearchOption.AllDirectories)
        from line in File.ReadAllLines(file).Select((text, index) => (Text: text, Number: index + 1))
        let seed = Seed().Match(line.Text)
        where seed.Success
        from code in seed.Groups["codes"].Value.Split(' ')
        select $"{Path.GetRelativePath(Bad, file)}{(seed.Groups["file"].Success ? "" : $"({line.Number})")} {code}";

    [GeneratedRegex("<- (?<codes>[A-Z0-9]+( [A-Z0-9]+)*)(?<file> file)?$")]
    private static partial Regex Seed();
}
