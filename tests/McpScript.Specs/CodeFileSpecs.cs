using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>A folder plugin with ordinary C# files beside its entry script: they are compiled as an assembly of their own, with source generators.</summary>
public class CodeFileSpecs
{
    const string Forecasts = """
        using System.Text.Json.Serialization;
        using System.Text.RegularExpressions;

        namespace Weather;

        record Forecast(string City, double Degrees);

        [JsonSerializable(typeof(Forecast))]
        partial class ForecastJson : JsonSerializerContext;

        static partial class Patterns
        {
            [GeneratedRegex(@"\d+")]
            public static partial Regex Digits();
        }

        static partial class Log
        {
            [LoggerMessage(Level = LogLevel.Information, Message = "Forecast of {City}.")]
            public static partial void Asked(ILogger logger, string city);
        }
        """;

    const string Main = """
        using Weather;
        mcp.Tool("forecast", "Forecasts.", (string city, ILogger<Forecast> log) =>
        {
            Log.Asked(log, city);
            return JsonSerializer.Serialize(new Forecast(city, 20.5), ForecastJson.Default.Forecast) + Patterns.Digits().Match("in 12 hours").Value;
        });
        """;

    [Fact, Trait("Fault", "A13")]
    public async Task The_generators_of_NET_work_in_the_C_sharp_files_of_a_folder_plugin()
    {
        await using var host = await TestHost.StartAsync(("weather/main.csx", Main), ("weather/Model/Forecasts.cs", Forecasts));
        Assert.Equal("""{"City":"Oslo","Degrees":20.5}12""", await host.CallAsync("forecast", new { city = "Oslo" }));
        Assert.Contains(host.Log.Lines, line => line.Contains("Forecast of Oslo.", StringComparison.Ordinal));
    }

    [Fact, Trait("Fault", "A13")]
    public async Task A_C_sharp_file_that_is_edited_added_or_removed_reloads_the_plugin_completely()
    {
        await using var host = await TestHost.StartAsync(
            ("greet/main.csx", """mcp.Tool("greet", "Greets.", (string name) => Words.Greet(name));"""),
            ("greet/Words.cs", """static class Words { public static string Greet(string name) => "Hello, " + name; }"""));
        Assert.Equal("Hello, Ada", await host.CallAsync("greet", new { name = "Ada" }));

        await host.SaveAsync("greet", "greet/Words.cs", """static partial class Words { public static string Greet(string name) => "Good day, " + name; }""");
        Assert.Equal("Good day, Ada", await host.CallAsync("greet", new { name = "Ada" }));

        Assert.True((await host.SaveAsync("greet", "greet/More/Part.cs", """[McpServerToolType] public static class More { [McpServerTool(Name = "more"), """
            + """Description("More.")] public static string M() => "more"; }""")).Ok);
        Assert.Equal(["greet", "more"], await host.ToolsAsync());

        Assert.True((await host.ChangeAsync("greet", () => host.Folder.Delete("greet/More/Part.cs"))).Ok);
        Assert.Equal(["greet"], await host.ToolsAsync());
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1 && host.Registry.Retired.Count == 0, "only the served generation is alive");
        await host.Registry.UnloadAsync("greet");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "nothing is left of it");
    }

    [Fact, Trait("Fault", "A13")]
    public async Task A_broken_C_sharp_file_keeps_the_last_good_version_and_is_reported_with_its_place()
    {
        await using var host = await TestHost.StartAsync(
            ("greet/main.csx", """mcp.Tool("greet", "Greets.", () => Words.Hello);"""),
            ("greet/Words.cs", """static class Words { public const string Hello = "hello"; }"""));

        var broken = await host.SaveAsync("greet", "greet/Words.cs", "static class Words\n{\n    public const string Hello = helo;\n}\n");

        var problem = Assert.Single(broken.Problems);
        Assert.Equal(("CS0103", host.Folder["greet/Words.cs"], 3, 33), (problem.Code, problem.File, problem.Line!.Value, problem.Column!.Value));
        Assert.Equal("hello", await host.CallAsync("greet"));
        Assert.True((await host.SaveAsync("greet", "greet/Words.cs", """static class Words { public const string Hello = "hi"; }""")).Ok);
        Assert.Equal("hi", await host.CallAsync("greet"));
    }

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "a statement", "Console.WriteLine();", "CS8805", "statements belong in main.csx" },
        { "the script's builder", "class Tools { void Add() => mcp.Tool(\"x\", \"X.\", () => 1); }", "CS0103", "known in main.csx only" },
        { "a pattern that is none", "partial class P { [System.Text.RegularExpressions.GeneratedRegex(\"(\")] static partial "
            + "System.Text.RegularExpressions.Regex R(); }", "SYSLIB1042", "(" },
    };

    [Theory, MemberData(nameof(Mistakes)), Trait("Fault", "A13")]
    public async Task A_mistake_in_a_C_sharp_file_is_explained(string what, string text, string code, string said)
    {
        await using var host = await TestHost.StartAsync(("plugin/main.csx", "mcp.Tool(\"plugin\", \"P.\", () => 1);"), ("plugin/File.cs", text));
        var problem = Assert.Single(host.Registry.Failures).Problems.FirstOrDefault(problem => problem.Code == code);
        Assert.True(problem is not null, $"{what}: {string.Join('\n', host.Registry.Failures[0].Problems)}");
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Equal(host.Folder["plugin/File.cs"], problem.File);
    }

    [Fact, Trait("Fault", "A13")]
    public async Task A_folder_with_C_sharp_files_starts_from_the_compile_cache()
    {
        var files = new[] { ("weather/main.csx", Main), ("weather/Forecasts.cs", Forecasts) };
        await using var first = await TestHost.StartAsync(new TestSetup(), files);
        await using var second = await TestHost.StartAsync(
            new TestSetup { Options = new() { CacheFolder = first.Folder.Cache }, Prepare = _ => { } }, files);
        Assert.Equal(await first.CallAsync("forecast", new { city = "Rome" }), await second.CallAsync("forecast", new { city = "Rome" }));
    }

    public static TheoryData<string, string> InScripts => new()
    {
        { "GeneratedRegex", """partial class P { [System.Text.RegularExpressions.GeneratedRegex(@"\d+")] public static partial """
            + """System.Text.RegularExpressions.Regex Digits(); }""" },
        { "JsonSerializable", """
            using System.Text.Json.Serialization;
            record N(int A);
            [JsonSerializable(typeof(N))] partial class NJson : JsonSerializerContext;
            """ },
        // A private partial void method without a body compiles, and calls of it are left out.
        { "LoggerMessage",
            """static partial class Log { [LoggerMessage(Level = LogLevel.Information, Message = "Hi.")] static partial void Hi(ILogger logger); }""" },
        { "LibraryImport", """partial class Native { [System.Runtime.InteropServices.LibraryImportAttribute("c")] public static partial int getpid(); }""" },
    };

    [Theory, MemberData(nameof(InScripts)), Trait("Fault", "A13")]
    public async Task A_source_generator_that_script_text_requires_is_an_error_with_the_fix(string attribute, string text)
    {
        await using var host = await TestHost.StartAsync(("plugin.csx", text + "\nmcp.Tool(\"plugin\", \"P.\", () => 1);"));
        var problem = Assert.Single(Assert.Single(host.Registry.Failures).Problems);
        Assert.Equal("MCS113", problem.Code);
        Assert.Contains($"[{attribute}]", problem.Message, StringComparison.Ordinal);
        Assert.Contains("plugin/main.csx", problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.Line);
    }

    const string Generator = """
        using Microsoft.CodeAnalysis;
        [Generator(LanguageNames.CSharp)]
        public sealed class Maker : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(made => MADE);
        }
        """;

    [Fact, Trait("Fault", "A13")]
    public async Task The_source_generators_of_a_package_run_over_the_C_sharp_files_and_its_newest_one_for_this_compiler_is_taken()
    {
        using var feed = new TestFolder();
        static byte[] Made(string text) => Dll.Build("Maker", Generator.Replace("MADE",
            $"made.AddSource(\"Made.g.cs\", \"static class Made {{ public const string Text = \\\"{text}\\\"; }}\")", StringComparison.Ordinal)).Assembly;
        Nupkg.Write(feed.Path, "Contoso.Maker", "1.0.0",
        [
            ("lib/net8.0/Contoso.dll", Dll.Of("Contoso", "public class Nothing { }")),
            ("analyzers/dotnet/roslyn4.0/cs/Maker.dll", Made("old")), ("analyzers/dotnet/roslyn4.8/cs/Maker.dll", Made("right")),
            ("analyzers/dotnet/roslyn99.0/cs/Maker.dll", Made("too new")), ("analyzers/dotnet/roslyn4.8/vb/Maker.dll", Made("basic")),
        ]);
        var setup = new TestSetup { ConfigYaml = $"package_sources: ['{feed.Path}']", Options = new() { PackageFolder = feed.Cache } };
        await using var host = await TestHost.StartAsync(
            setup, ("made/main.csx", "#r \"nuget: Contoso.Maker, 1.0.0\"\nmcp.Tool(\"made\", \"Made.\", () => Uses.Text);"),
            ("made/Uses.cs", "static class Uses { public const string Text = Made.Text; }"));
        Assert.Equal("", string.Join('\n', host.Registry.Failures.SelectMany(failure => failure.Problems)));
        Assert.Equal("right", await host.CallAsync("made"));
    }

    [Fact, Trait("Fault", "A13")]
    public async Task A_generator_that_throws_is_a_problem_with_its_name()
    {
        using var feed = new TestFolder();
        Nupkg.Write(feed.Path, "Contoso.Maker", "2.0.0",
        [
            ("lib/net8.0/Contoso.dll", Dll.Of("Contoso", "public class Nothing { }")),
            ("analyzers/dotnet/cs/Maker.dll",
                Dll.Build("Maker", Generator.Replace("MADE", "throw new System.InvalidOperationException(\"no ideas\")", StringComparison.Ordinal)).Assembly),
        ]);
        var setup = new TestSetup { ConfigYaml = $"package_sources: ['{feed.Path}']", Options = new() { PackageFolder = feed.Cache } };
        await using var host = await TestHost.StartAsync(
            setup, ("made/main.csx", "#r \"nuget: Contoso.Maker, 2.0.0\"\nmcp.Tool(\"made\", \"Made.\", () => 1);"), ("made/Uses.cs", "static class Uses { }"));
        var problem = Assert.Single(Assert.Single(host.Registry.Failures).Problems);
        Assert.Equal("MCS112", problem.Code);
        Assert.Contains("'Maker' of the package Contoso.Maker 2.0.0 threw InvalidOperationException: no ideas", problem.Message, StringComparison.Ordinal);
    }
}
