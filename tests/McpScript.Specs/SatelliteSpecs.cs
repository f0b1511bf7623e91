using McpScript.Specs.Packages;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Translated texts, in satellite assemblies, of every kind of plugin.</summary>
public sealed class SatelliteSpecs : IDisposable
{
    const string Library = """
        public static class Texts
        {
            public static string Hi(string culture) =>
                new System.Resources.ResourceManager("Sat.Strings", typeof(Texts).Assembly)
                    .GetString("Hi", System.Globalization.CultureInfo.GetCultureInfo(culture))!;
        }
        """;

    const string Tool =
        """[McpServerToolType] public static class Tools { [McpServerTool(Name = "hi")] public static string Hi(string culture) => Texts.Hi(culture); }""";

    static readonly Dictionary<string, string> Texts = new() { [""] = "Hello", ["de"] = "Hallo", ["de-AT"] = "Servus", ["zh-Hant"] = "你好" };

    readonly PackageSite _site = new();

    public void Dispose() => _site.Dispose();

    static void WriteTo(string folder, string code)
    {
        var (main, satellites) = Dll.BuildTranslated("Sat", code, Texts);
        main.WriteTo(folder);
        foreach (var (culture, content) in satellites)
        {
            Directory.CreateDirectory(Path.Combine(folder, culture));
            File.WriteAllBytes(Path.Combine(folder, culture, "Sat.resources.dll"), content);
        }
    }

    void Publish(string id, string code)
    {
        var (main, satellites) = Dll.BuildTranslated("Sat", code, Texts);
        Nupkg.Write(_site.Feed, id, "1.0.0",
            [("lib/net8.0/Sat.dll", main.Assembly), .. satellites.Select(satellite => ($"lib/net8.0/{satellite.Key}/Sat.resources.dll", satellite.Value))]);
    }

    static async Task SpeaksAsync(TestHost host, string plugin)
    {
        foreach (var (culture, text) in new[] { ("de", "Hallo"), ("de-CH", "Hallo"), ("de-AT", "Servus"), ("zh-TW", "你好"), ("fr", "Hello"), ("", "Hello") })
            Assert.Equal((culture, text), (culture, await host.CallAsync(host.Registry.AllTools.Single(), new { culture })));
        Assert.True((await host.Registry.ReloadAsync(plugin)).Ok);
        Assert.Equal("Hallo", await host.CallAsync(host.Registry.AllTools.Single(), new { culture = "de" }));
        await host.Registry.UnloadAsync(plugin);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, $"both generations are gone; left: {string.Join(", ", host.Registry.Retired)}");
    }

    [Theory, Trait("Fault", "A8")]
    [InlineData("")]
    [InlineData("Sat")]
    public async Task A_DLL_uses_the_resources_of_its_satellites_and_of_their_parent_cultures(string folder)
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = plugins => WriteTo(plugins[folder], Library + Tool) });
        await SpeaksAsync(host, "Sat");
    }

    [Fact, Trait("Fault", "A8")]
    public async Task A_satellite_that_changes_reloads_its_plugin()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = plugins => WriteTo(plugins["Sat"], Library + Tool) });
        Assert.True((await host.ChangeAsync("Sat", () => File.WriteAllBytes(host.Folder["Sat/de/Sat.resources.dll"], Dll.Satellite("Sat", "de", "Moin")))).Ok);
        Assert.Equal("Moin", await host.CallAsync("hi", new { culture = "de" }));
    }

    [Fact, Trait("Fault", "A8")]
    public async Task A_dependency_of_a_DLL_uses_its_satellites_too()
    {
        var (library, _) = Dll.BuildTranslated("Sat", Library, Texts);
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = plugins =>
            {
                WriteTo(plugins["Speaks"], Library);
                Dll.Build("Speaks", Tool, library.Assembly).WriteTo(plugins["Speaks"]);
            },
        });
        await SpeaksAsync(host, "Speaks");
    }

    [Theory, Trait("Fault", "A8")]
    [InlineData("#r \"lib/Sat.dll\"")]
    [InlineData("#r \"nuget: Contoso.Sat, 1.0.0\"")]
    public async Task A_script_gets_the_satellites_of_its_libraries_also_from_the_compile_cache(string reference)
    {
        Publish("Contoso.Sat", Library);
        using var cache = new TestFolder();
        var setup = _site.Setup();
        setup = setup with { Prepare = plugins => WriteTo(plugins["lib"], Library), Options = setup.Options with { CacheFolder = cache.Path } };
        for (var start = 1; start <= 2; start++)
        {
            await using var host = await TestHost.StartAsync(
                setup, ("say.csx", $"{reference}\nmcp.Tool(\"hi\", \"\", (string culture) => Texts.Hi(culture));"));
            Assert.True(host.Registry.Failures.All(failure => failure.Reference.Name != "say"), host.Log.Text);
            await SpeaksAsync(host, "say");
        }
    }

    [Fact, Trait("Fault", "A8")]
    public async Task A_package_uses_its_satellites()
    {
        Publish("Contoso.Speaks", Library + Tool);
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Speaks");
        await SpeaksAsync(host, "Contoso.Speaks");
    }
}
