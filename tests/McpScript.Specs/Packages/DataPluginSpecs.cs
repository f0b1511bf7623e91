using System.Text.Json;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Packages;

/// <summary>The package plugin of this repository, as the build packs it: with two own dependencies, one in another version than the host's.</summary>
public sealed class DataPluginSpecs : IDisposable
{
    const string Csv = "city,people,code\nOslo,700000,0150\nBergen,290000,5003\nHamar,32000,\n";

    readonly PackageSite _site = new();

    // <checkout>/artifacts/feed/<configuration>
    static string Feed => Path.Combine(BuiltProgram.Checkout, "artifacts", "feed", new DirectoryInfo(AppContext.BaseDirectory).Name);

    public void Dispose() => _site.Dispose();

    [SuiteFact(SlowSuites.Packages)]
    public async Task The_data_plugin_installs_from_the_feed_of_the_build_converts_reloads_and_unloads()
    {
        var setup = new TestSetup { ConfigYaml = "server_name: test", Options = new() { PackageFolder = _site.Packages } };
        await using var host = await TestHost.StartAsync(setup);
        var change = await host.InstallAsync("McpScript.Data", Feed);
        if (change.Problems.Any(problem => problem.Code == "NU1301"))
            Assert.Skip("NEEDS A PACKAGE FEED: the package sources of this machine cannot be reached.");
        Assert.True(change.Ok, $"{change.Error}\n{host.Log.Text}");
        Assert.Equal(["Data_convert", "Data_describe", "Data_table"], change.Plugin!.Tools.Order());
        Assert.Contains("YamlDotNet 16.3.0", host.Server.Operations.Packages!.Packages.Single().Needs);
        Assert.NotEqual(16, typeof(YamlDotNet.Serialization.Serializer).Assembly.GetName().Version!.Major);

        var tools = (await (await host.Client).ListToolsAsync()).ToDictionary(tool => tool.Name);
        Assert.Equal("Convert data between JSON, YAML and CSV.", tools["Data_convert"].Description);
        Assert.Equal(
            "- city: Oslo\n  people: 700000\n  code: \"0150\"\n- city: Bergen\n  people: 290000\n  code: 5003\n- city: Hamar\n  people: 32000\n  code: null\n",
            await host.CallAsync("Data_convert", new { text = Csv, from = "csv", to = "yaml" }));
        Assert.Equal(
            "a,b\n1,x\n,\"y,z\"\n", await host.CallAsync("Data_convert", new { text = "[{\"a\":1,\"b\":\"x\"},{\"b\":\"y,z\"}]", from = "json", to = "csv" }));
        Assert.Equal("| city | people |\n| --- | --- |\n| Oslo | 700000 |\n| Bergen | 290000 |\n| Hamar | 32000 |\n",
            await host.CallAsync("Data_table", new { csv = Csv, columns = new[] { "city", "people" }, sort_by = "people", descending = true }));
        Assert.Contains("There is no column 'nope'. There are: city, people, code.", await host.CallAsync("Data_table", new { csv = Csv, sort_by = "nope" }));
        Assert.Contains("The YAML cannot be read at line ", await host.CallAsync("Data_convert", new { text = "a: [", from = "yaml", to = "json" }));
        var described = (await host.CallForResultAsync("Data_describe", new { csv = Csv })).StructuredContent!.Value;
        Assert.Equal((3, "number", "32000"), (described.GetProperty("rows").GetInt32(), described.GetProperty("columns")[1].GetProperty("kind").GetString(),
            described.GetProperty("columns")[1].GetProperty("smallest").GetString()));
        Assert.Equal(JsonValueKind.Number, described.GetProperty("columns")[2].GetProperty("empty").ValueKind);

        Assert.True((await host.Registry.ReloadAsync("McpScript.Data")).Ok);
        Assert.True((await host.UninstallAsync("McpScript.Data")).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, $"it is gone; left: {string.Join(", ", host.Registry.Retired)}");
    }

    [SuiteFact(SlowSuites.Packages)]
    public void The_package_for_plugin_authors_contains_documentation_and_readme()
    {
        var package = Directory.GetFiles(Feed, "McpScript.Abstractions.*.nupkg").Single();
        using var content = System.IO.Compression.ZipFile.OpenRead(package);
        var files = content.Entries.Select(entry => entry.FullName).ToList();
        Assert.All(["README.md", "lib/net10.0/McpScript.Abstractions.dll", "lib/net10.0/McpScript.Abstractions.xml"], file => Assert.Contains(file, files));
        using var nuspec = new StreamReader(content.GetEntry("McpScript.Abstractions.nuspec")!.Open());
        var text = nuspec.ReadToEnd();
        Assert.All(["<license type=\"expression\">MIT</license>", "<readme>README.md</readme>", "ModelContextProtocol.Core"],
            part => Assert.Contains(part, text));
    }
}
