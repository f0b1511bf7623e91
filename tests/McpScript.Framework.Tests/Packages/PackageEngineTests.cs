using McpScript.Packages;
using McpScript.Testing;
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

    [Fact]
    public async Task A_graph_is_fetched_once_and_remembered_without_sdk_and_feed_and_its_versions_stay_when_it_must_be_fetched_again()
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

    [Fact]
    public async Task A_package_that_was_packed_anew_under_its_version_is_another_package()
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

    [Fact]
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

    [Fact]
    public async Task A_source_means_itself_whatever_it_would_mean_to_msbuild()
    {
        var odd = Path.Combine(_folder, "a b$(PATH)@(c)%20d");
        Nupkg.Write(odd, "Contoso.Words", "1.0.0", Dll.Build("Words", "public class Words;"));
        Assert.Single((await GetAsync(Engine(odd), new PackageRequest("Contoso.Words", "1.0.0"))).Packages);
    }

    [Fact]
    public async Task A_source_that_the_sdk_would_tear_in_two_is_refused_by_name()
    {
        var torn = Path.Combine(_folder, "a;b");
        var refused = await Assert.ThrowsAsync<PackageException>(() => GetAsync(Engine(torn), new PackageRequest("Contoso.Words", "1.0.0")));
        Assert.Contains($"the source '{torn}' has a ';' in it", refused.Message);
    }

    [Fact]
    public async Task Without_the_sdk_what_was_never_fetched_is_a_problem_that_says_so()
    {
        var problem = await ProblemOfAsync(Engine(dotnet: NoSdk), new("Contoso.Words", "1.0.0"));
        Assert.Equal("MCS303", problem.Code);
        Assert.StartsWith("Contoso.Words, 1.0.0: not fetched yet on this machine, and fetching takes the .NET SDK", problem.Message);
    }

    [Fact]
    public async Task A_package_that_the_feed_does_not_have_is_named()
    {
        Directory.CreateDirectory(Feed);
        var problem = await ProblemOfAsync(Engine(), new("Contoso.Nowhere", "1.0.0"));
        Assert.Equal("NU1101", problem.Code);
        Assert.Contains("Contoso.Nowhere", problem.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Store, "restore")));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_is_told_with_the_cure()
    {
        var problem = await ProblemOfAsync(Engine("https://127.0.0.1:9/v3/index.json"), new("Contoso.Words", "1.0.0"));
        Assert.Equal("NU1301", problem.Code);
        Assert.Contains("The package source cannot be reached: check the network, or 'package_sources'.", problem.Message);
    }

    [Fact]
    public async Task Asking_for_nothing_takes_nothing() => Assert.Same(PackageGraph.Empty, await GetAsync(Engine(dotnet: NoSdk)));
}
