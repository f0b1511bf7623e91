using McpScript.Packages;
using McpScript.Testing;
using McpScript.Testing.Suites;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Framework.Tests.Packages;

/// <summary>With the real SDK, on feeds that are folders.</summary>
public sealed class PackageEngineTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("mcpscript-").FullName;

    string Feed => Path.Combine(_folder, "feed");

    string Store => Path.Combine(_folder, "packages");

    string NoSdk => Directory.CreateDirectory(Path.Combine(_folder, "no-sdk")).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    PackageEngine Engine(string? source = null, string? dotnet = null) =>
        new(new() { Folder = Store, Sources = [source ?? Feed], DotnetRoot = dotnet }, NullLogger<PackageEngine>.Instance);

    static async Task<PackageGraph> GetAsync(PackageEngine engine, params PackageRequest[] requests)
    {
        using (engine)
            return await engine.GetAsync(requests, CancellationToken.None);
    }

    static async Task<PackageProblem> ProblemOfAsync(PackageEngine engine, PackageRequest request) =>
        (await Assert.ThrowsAsync<PackageException>(() => GetAsync(engine, request))).Problems[0];

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_graph_is_fetched_once_and_reused_without_SDK_and_feed_and_keeps_its_versions()
    {
        void Publish(string version)
        {
            Nupkg.Write(Feed, "Contoso.Words", version, Dll.Build("Words", "public class Words;"), ("Contoso.Parts", "1.0.0"));
        }
        Nupkg.Write(Feed, "Contoso.Parts", "1.0.0", Dll.Build("Parts", "public class Parts;"));
        Publish("1.0.0");
        var request = new PackageRequest("Contoso.Words", "1.*");

        var fetched = await GetAsync(Engine(), request);
        Assert.Equal(["Contoso.Parts 1.0.0", "Contoso.Words 1.0.0"], fetched.Packages.Select(pin => $"{pin}").Order());
        Assert.Equal(["Parts.dll", "Words.dll"], fetched.Assemblies.Select(assembly => Path.GetFileName(assembly.Path)).Order());
        Assert.All(fetched.Assemblies, assembly => Assert.StartsWith(Store, assembly.Path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Store, "restore")));

        Publish("1.1.0");
        Directory.Move(Feed, Feed + "-away");
        var remembered = await GetAsync(Engine(dotnet: NoSdk), new PackageRequest("contoso.WORDS", "1.*"));
        Assert.Equal(fetched.Packages, remembered.Packages);
        Assert.Equal(fetched.Assemblies, remembered.Assemblies);

        Directory.Move(Feed + "-away", Feed);
        Directory.Delete(Path.Combine(Store, "store"), recursive: true);
        Assert.Equal(fetched.Packages, (await GetAsync(Engine(), request)).Packages);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_package_that_was_packed_again_with_the_same_version_is_another_package()
    {
        void Publish(string feed, string code) => Nupkg.Write(feed, "Contoso.Words", "1.0.0", Dll.Build("Words", code));
        var other = Path.Combine(_folder, "other");
        Publish(Feed, "public class Words;");
        Publish(other, "public class OtherWords;");
        var request = new PackageRequest("Contoso.Words", "1.0.0");
        var (one, two) = (await GetAsync(Engine(), request), await GetAsync(Engine(other), request));
        Assert.NotEqual(one.Packages[0].Sha256, two.Packages[0].Sha256);
        Assert.NotEqual(File.ReadAllBytes(one.Assemblies[0].Path), File.ReadAllBytes(two.Assemblies[0].Path));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task The_folder_can_be_copied_to_a_machine_without_the_sdk()
    {
        Nupkg.Write(Feed, "Contoso.Words", "1.0.0", Dll.Build("Words", "public class Words;"));
        var request = new PackageRequest("Contoso.Words", "1.0.0");
        var fetched = await GetAsync(Engine(), request);
        var elsewhere = Path.Combine(_folder, "elsewhere");
        Directory.Move(Store, elsewhere);
        var copied = await GetAsync(new(new() { Folder = elsewhere, Sources = [Feed], DotnetRoot = NoSdk }, NullLogger<PackageEngine>.Instance), request);
        Assert.Equal(fetched.Packages, copied.Packages);
        Assert.All(copied.Assemblies, assembly => Assert.StartsWith(elsewhere, assembly.Path));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_source_is_used_literally_whatever_it_would_mean_to_MSBuild()
    {
        var odd = Path.Combine(_folder, "a b$(PATH)@(c)%20d");
        Nupkg.Write(odd, "Contoso.Words", "1.0.0", Dll.Build("Words", "public class Words;"));
        Assert.Single((await GetAsync(Engine(odd), new PackageRequest("Contoso.Words", "1.0.0"))).Packages);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_source_that_the_SDK_would_split_is_refused_by_name()
    {
        var torn = Path.Combine(_folder, "a;b");
        var refused = await Assert.ThrowsAsync<PackageException>(() => GetAsync(Engine(torn), new PackageRequest("Contoso.Words", "1.0.0")));
        Assert.Contains($"the source '{torn}' has a ';' in it", refused.Message);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task Without_the_SDK_a_package_that_was_never_fetched_is_a_problem_with_the_reason()
    {
        var problem = await ProblemOfAsync(Engine(dotnet: NoSdk), new("Contoso.Words", "1.0.0"));
        Assert.Equal("MCS303", problem.Code);
        Assert.StartsWith("Contoso.Words, 1.0.0: not fetched yet on this machine. Fetching needs the .NET SDK", problem.Message);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_package_that_the_feed_does_not_have_is_named()
    {
        Directory.CreateDirectory(Feed);
        var problem = await ProblemOfAsync(Engine(), new("Contoso.Nowhere", "1.0.0"));
        Assert.Equal("NU1101", problem.Code);
        Assert.Contains("Contoso.Nowhere", problem.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Store, "restore")));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_feed_that_cannot_be_reached_is_reported_with_the_fix()
    {
        var problem = await ProblemOfAsync(Engine("https://127.0.0.1:9/v3/index.json"), new("Contoso.Words", "1.0.0"));
        Assert.Equal("NU1301", problem.Code);
        Assert.Contains("The package source cannot be reached: check the network, or 'package_sources'.", problem.Message);
    }

    void PublishVersion(string version) => Nupkg.Write(Feed, "Contoso.Words", version, Dll.Build("Words", "public class Words;"));

    [SuiteTheory(SlowSuites.Packages), Trait("Fault", "A6")]
    [InlineData("1.0.0")]
    [InlineData("2.0.1")]
    [InlineData("1.*")]
    [InlineData("2.2.*")]
    public async Task A_version_that_does_not_exist_is_an_error_that_names_the_existing_ones(string asked)
    {
        PublishVersion("2.0.0");
        PublishVersion("2.1.0");
        PublishVersion("3.0.0-beta");
        var problem = await ProblemOfAsync(Engine(), new("Contoso.Words", asked));
        Assert.StartsWith("NU", problem.Code);
        Assert.Contains("Existing versions: 3.0.0-beta, 2.1.0, 2.0.0.", problem.Message);
        Assert.False(Directory.Exists(Path.Combine(Store, "graphs")));

        // What was missing comes one day.
        var coming = asked switch { "1.*" => "1.7.0", _ => asked.Replace("*", "7") };
        PublishVersion(coming);
        Assert.Equal(coming, Assert.Single((await GetAsync(Engine(), new PackageRequest("Contoso.Words", asked))).Packages).Version);
    }

    [SuiteTheory(SlowSuites.Packages), Trait("Fault", "A6")]
    [InlineData("[1.0.0]")]
    [InlineData("[1.0.0, 2.0.0)")]
    [InlineData("[5.0, )")]
    public async Task A_range_without_a_match_is_an_error_that_names_the_existing_versions(string asked)
    {
        PublishVersion("2.0.0");
        PublishVersion("2.1.0");
        var problem = await ProblemOfAsync(Engine(), new("Contoso.Words", asked));
        Assert.Equal("NU1102", problem.Code);
        Assert.Contains("Existing versions: 2.1.0, 2.0.0.", problem.Message);
    }

    [SuiteTheory(SlowSuites.Packages), Trait("Fault", "A6")]
    [InlineData("2.0.0", "2.0.0")]
    [InlineData("2.0", "2.0.0")]
    [InlineData("[1.0, 3.0)", "2.0.0")]
    [InlineData("2.*", "2.1.0")]
    [InlineData("*", "2.1.0")]
    [InlineData("*-*", "3.0.0-beta")]
    [InlineData("3.0.0-be*", "3.0.0-beta")]
    public async Task A_range_or_a_floating_version_keeps_its_meaning(string asked, string found)
    {
        PublishVersion("2.0.0");
        PublishVersion("2.1.0");
        PublishVersion("3.0.0-beta");
        Assert.Equal(found, Assert.Single((await GetAsync(Engine(), new PackageRequest("Contoso.Words", asked))).Packages).Version);
    }

    [SuiteFact(SlowSuites.Packages), Trait("Fault", "A6")]
    public async Task A_dependency_may_be_newer_than_its_minimum_version()
    {
        Nupkg.Write(Feed, "Contoso.Parts", "1.2.0", Dll.Build("Parts", "public class Parts;"));
        Nupkg.Write(Feed, "Contoso.Words", "1.0.0", Dll.Build("Words", "public class Words;"), ("Contoso.Parts", "1.0.0"));
        Assert.Equal(["Contoso.Parts 1.2.0", "Contoso.Words 1.0.0"],
            (await GetAsync(Engine(), new PackageRequest("Contoso.Words", "1.0.0"))).Packages.Select(pin => $"{pin}").Order());
    }

    [SuiteFact(SlowSuites.Packages), Trait("Fault", "A7")]
    public async Task A_failed_first_fetch_leaves_nothing_behind_and_each_failure_names_its_current_reason()
    {
        Directory.CreateDirectory(Feed);
        var request = new PackageRequest("Contoso.Words", "1.0.0");
        using var engine = Engine();
        for (var attempt = 1; attempt <= 2; attempt++)
            Assert.Equal("NU1101", (await Assert.ThrowsAsync<PackageException>(() => engine.GetAsync([request], CancellationToken.None))).Problems[0].Code);
        Assert.False(Directory.Exists(Path.Combine(Store, "graphs")));

        PublishVersion("1.0.0");
        Assert.Single((await engine.GetAsync([request], CancellationToken.None)).Packages);
        Assert.Single(Directory.GetFiles(Path.Combine(Store, "graphs"), "packages.lock.json", SearchOption.AllDirectories));
    }

    [SuiteFact(SlowSuites.Packages), Trait("Fault", "A7")]
    public async Task A_source_that_was_unavailable_at_the_first_fetch_is_reported_each_time()
    {
        using var engine = Engine("https://127.0.0.1:9/v3/index.json");
        for (var attempt = 1; attempt <= 2; attempt++)
            Assert.Equal("NU1301",
                (await Assert.ThrowsAsync<PackageException>(() => engine.GetAsync([new("Contoso.Words", "1.0.0")], CancellationToken.None))).Problems[0].Code);
    }

    [SuiteFact(SlowSuites.Packages), Trait("Fault", "A7")]
    public async Task Files_that_an_older_version_left_of_a_failed_fetch_are_repaired_too()
    {
        PublishVersion("1.0.0");
        var request = new PackageRequest("Contoso.Words", "1.0.0");
        var fetched = await GetAsync(Engine(), request);
        var graph = Directory.GetFiles(Path.Combine(Store, "graphs"), "graph.json", SearchOption.AllDirectories).Single();
        File.Delete(graph);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(graph)!, "packages.lock.json"), """{ "version": 1, "dependencies": { "net10.0": {} } }""");
        Assert.Equal(fetched.Packages, (await GetAsync(Engine(), request)).Packages);
    }

    [SuiteFact(SlowSuites.Packages), Trait("Fault", "A8")]
    public async Task An_entry_of_an_older_version_is_fetched_again_and_without_a_source_used_unchanged()
    {
        var satellites = Dll.BuildTranslated("Words", "public class Words;", new Dictionary<string, string> { [""] = "Hello", ["de"] = "Hallo" });
        Nupkg.Write(Feed, "Contoso.Words", "1.0.0",
            [("lib/net8.0/Words.dll", satellites.Main.Assembly), ("lib/net8.0/de/Words.resources.dll", satellites.Satellites["de"])]);
        var request = new PackageRequest("Contoso.Words", "1.0.0");
        Assert.Equal("de", Assert.Single((await GetAsync(Engine(), request)).Satellites).Culture);
        var graph = Directory.GetFiles(Path.Combine(Store, "graphs"), "graph.json", SearchOption.AllDirectories).Single();
        var older = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(graph))!.AsObject();
        foreach (var member in new[] { "Satellites", "Content", "Format" })
            Assert.True(older.Remove(member));
        File.WriteAllText(graph, older.ToJsonString());

        Assert.Empty((await GetAsync(Engine(dotnet: NoSdk), request)).Satellites);
        Assert.Single((await GetAsync(Engine(), request)).Satellites);
        Assert.Single((await GetAsync(Engine(dotnet: NoSdk), request)).Satellites);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task An_empty_request_fetches_nothing() => Assert.Same(PackageGraph.Empty, await GetAsync(Engine(dotnet: NoSdk)));
}
