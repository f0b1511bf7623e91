using McpScript.Testing;
using McpScript.Testing.Suites;

namespace McpScript.Specs;

/// <summary>Scripts with <c>#r "nuget: …"</c>.</summary>
public sealed class ScriptPackageSpecs : IDisposable
{
    readonly string _packages = Directory.CreateTempSubdirectory("mcpscript-packages-").FullName;

    public void Dispose() => Directory.Delete(_packages, recursive: true);

    TestSetup Setup(string yaml = "") => new() { ConfigYaml = $"server_name: test\n{yaml}", Options = new() { PackageFolder = _packages } };

    [SuiteFact(SlowSuites.Packages)]
    public async Task Scripts_with_well_known_packages_run_reload_unload_and_start_again_without_a_restore()
    {
        (string, string)[] scripts =
        [
            ("human.csx", """
                #r "nuget: Humanizer.Core, 2.14.1"
                using Humanizer;
                mcp.Tool("human", "", (string text) => text.Humanize());
                """),
            ("json.csx", """
                #r "nuget: Newtonsoft.Json, 13.0.3"
                using Newtonsoft.Json;
                class Box { public int Value { get; set; } = 1; }
                mcp.Tool("json", "", () => JsonConvert.SerializeObject(new Box()));
                mcp.Tool("json_version", "", () => typeof(JsonConvert).Assembly.GetName().Version!.ToString());
                """),
        ];
        await using (var host = await TestHost.StartAsync(Setup(), scripts))
        {
            if (host.Registry.Failures.Any(failure => failure.Problems.Any(problem => problem.Code == "NU1301")))
                Assert.Skip("NEEDS A PACKAGE FEED: the package sources of this machine cannot be reached.");
            Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
            Assert.Equal("some words", await host.CallAsync("human", new { text = "some_words" }));
            Assert.Equal("""{"Value":1}""", await host.CallAsync("json"));
            Assert.Equal("13.0.0.0", await host.CallAsync("json_version"));

            foreach (var name in new[] { "human", "json" })
                Assert.True((await host.Registry.ReloadAsync(name)).Ok);
            Assert.Equal("""{"Value":1}""", await host.CallAsync("json"));
            foreach (var name in new[] { "human", "json" })
                Assert.True((await host.Registry.UnloadAsync(name)).Ok);
            await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, $"both are gone; left: {string.Join(", ", host.Registry.Retired)}");
        }

        await using var again = await TestHost.StartAsync(Setup(), scripts);
        Assert.Equal("other words", await again.CallAsync("human", new { text = "other_words" }));
        Assert.DoesNotContain("Fetching packages", again.Log.Text);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_script_tree_has_one_graph_and_starts_again_without_the_feed()
    {
        var feed = Path.Combine(_packages, "feed");
        var parts = Dll.Build("Parts", "public static class Parts { public static string Say() => \"parts\"; }");
        Nupkg.Write(feed, "Contoso.Parts", "1.0.0", parts);
        Nupkg.Write(feed, "Contoso.Words", "1.0.0", Dll.Build(
            "Words", "public static class Words { public static string Say() => \"words and \" + Parts.Say(); }", parts.Assembly), ("Contoso.Parts", "1.0.0"));
        Nupkg.Write(feed, "Contoso.More", "2.0.0", Dll.Build("More", "public static class More { public static string Say() => \"more\"; }"));
        (string, string)[] scripts =
        [
            ("say.csx", "#load \"_more.csx\"\n#r \"nuget: Contoso.Words, 1.0.0\"\nmcp.Tool(\"say\", \"\", () => Words.Say() + MoreOf());"),
            ("_more.csx", "#r \"nuget: contoso.more, 2.*\"\nstring MoreOf() => \" and \" + More.Say();"),
        ];
        var setup = Setup($"package_sources: ['{feed}']\nallowed_packages: [Contoso.]");
        await using (var host = await TestHost.StartAsync(setup, scripts))
        {
            Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
            Assert.Equal("words and parts and more", await host.CallAsync("say"));
            Assert.Equal(1, host.Log.Lines.Count(line => line.Contains("Fetching packages")));
        }

        Directory.Delete(feed, recursive: true);
        await using var again = await TestHost.StartAsync(setup, scripts);
        Assert.Equal("words and parts and more", await again.CallAsync("say"));
        var failed = await again.SaveAsync("say.csx", "#r \"nuget: Contoso.Words, 1.0.1\"\nmcp.Tool(\"say\", \"\", () => Words.Say());");
        Assert.False(failed.Ok);
        Assert.Equal((again.Folder["say.csx"], 1), (failed.Problems[0].File, failed.Problems[0].Line));
        Assert.Equal("words and parts and more", await again.CallAsync("say"));
    }

    [SuiteTheory(SlowSuites.Packages)]
    [InlineData("allow_nuget_in_scripts: false", "#r \"nuget: Humanizer.Core, 2.14.1\"", "forbids packages in scripts")]
    [InlineData(
        "allowed_packages: [Contoso., Newtonsoft.Json]", "#r \"nuget: Humanizer.Core, 2.14.1\"", "'Humanizer.Core' is not among the 'allowed_packages'")]
    [InlineData("", "#r \"nuget: ../evil, 1.0\"", "names no package")]
    [InlineData("", "#r \"nuget: Humanizer.Core, 2.14.1\"\n#r \"nuget: humanizer.core, 2.14.0\"", "referenced in two versions, 2.14.1 and 2.14.0")]
    public async Task A_forbidden_or_invalid_directive_is_reported_at_its_line_and_nothing_is_fetched(string yaml, string directives, string said)
    {
        await using var host = await TestHost.StartAsync(Setup(yaml), ("a.csx", $"{directives}\nmcp.Tool(\"a\", \"\", () => 1);"));
        var problem = Assert.Single(host.StatusOf("a").Problems);
        Assert.Contains(said, problem.Message);
        Assert.Equal((host.Folder["a.csx"], directives.Split('\n').Length), (problem.File, problem.Line));
        Assert.DoesNotContain("Fetching packages", host.Log.Text);
    }
}
