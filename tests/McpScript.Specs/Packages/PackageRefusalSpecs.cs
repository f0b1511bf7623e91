using McpScript.Management;
using McpScript.Testing;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Packages;

/// <summary>Packages that cannot be installed: not found, not reachable, not allowed, not compatible, or no SDK.</summary>
public sealed class PackageRefusalSpecs : IDisposable
{
    readonly PackageSite _site = new();

    public void Dispose() => _site.Dispose();

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_package_that_needs_a_newer_shared_assembly_is_refused_before_it_is_installed()
    {
        Nupkg.Write(_site.Feed, "ModelContextProtocol.Core", "99.0.0", Dll.Build("Unused", "public class Unused;"));
        _site.Publish("Contoso.Tools", "2.0.0", "too new", needs: ("ModelContextProtocol.Core", "99.0.0"));
        var newer = Dll.Build(
            "Microsoft.Extensions.Options", "[assembly: System.Reflection.AssemblyVersion(\"99.0.0.0\")] namespace Newer { public class Thing; }");
        Nupkg.Write(_site.Feed, "Contoso.Modern", "1.0.0", Dll.Build("Contoso.Modern",
            "[McpServerToolType] public static class Tools { [McpServerTool] public static string Say(Newer.Thing? thing = null) => \"\"; }", newer.Assembly));
        await using var host = await TestHost.StartAsync(_site.Setup());

        var change = await host.InstallAsync("Contoso.Tools");
        Assert.Equal((false, "MCS203"), (change.Ok, Assert.Single(change.Problems).Code));
        Assert.Contains("Contoso.Tools 2.0.0 needs ModelContextProtocol.Core 99.0.0, and this host has 2.4.0, whose types every plugin shares", change.Error);
        Assert.Contains(
            "Contoso.Modern needs Microsoft.Extensions.Options 99.0.0.0, and this host provides 10.0.0.0", (await host.InstallAsync("Contoso.Modern")).Error);
        Assert.Equal("", host.LockText());
        Assert.Empty(host.Registry.Failures);
        Assert.Empty(host.Registry.AllTools);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_package_that_is_missing_unreachable_or_forbidden_is_reported_with_the_fix()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "hello");
        var dotted = "If it is a package, install it: mcp-proxy install Contoso.Gone";
        await using var host = await TestHost.StartAsync(_site.Setup("allowed_packages: [Contoso.]\nautoload: [Contoso.Tools@1.0.1, Contoso.Gone]"));
        Assert.Equal("The package Contoso.Tools@1.0.1 is not installed. Install it: mcp-proxy install Contoso.Tools@1.0.1",
            host.StatusOf("Contoso.Tools").Problems.Single().Message);
        Assert.Contains(dotted, host.StatusOf("Contoso.Gone").Problems.Single().Message);

        var gone = await host.InstallAsync("Contoso.Gone");
        Assert.Equal((PackageChangeKind.NotFound, "NU1101"), (gone.Kind, gone.Problems.Single().Code));
        var version = await host.InstallAsync("Contoso.Tools@9.9.9");
        Assert.Equal((PackageChangeKind.NotFound, "NU1102"), (version.Kind, version.Problems.Single().Code));
        var other = await host.InstallAsync("Fabrikam.Tools");
        Assert.Equal((PackageChangeKind.NotAllowed, "The package 'Fabrikam.Tools' is not among the 'allowed_packages' of the configuration (Contoso.)."),
            (other.Kind, other.Error));
        var source = await host.InstallAsync("Contoso.Tools", "https://127.0.0.1:9/v3/index.json");
        Assert.Equal(PackageChangeKind.NotAllowed, source.Kind);
        Assert.Contains("is not among the 'package_sources' of the configuration", source.Error);
        Assert.Equal(PackageChangeKind.Malformed, (await host.InstallAsync("../evil")).Kind);
        Assert.Equal("", host.LockText());

        // Installed in another version than the list says: reported, not guessed.
        var wrong = await host.InstallAsync("Contoso.Tools@1.0.0");
        Assert.Contains("installed in version 1.0.0, and 'autoload' requires 1.0.1. Install it: mcp-proxy install Contoso.Tools@1.0.1", wrong.Error);
        _site.Publish("Contoso.Tools", "1.0.1", "right");
        await host.InstalledAsync("Contoso.Tools@1.0.1");
        Assert.Equal("right with part 1.0.0", await host.CallAsync("Tools_say"));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task Offline_installed_packages_run_and_others_report_that_the_source_is_unreachable()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { ConfigYaml = "package_sources: ['https://127.0.0.1:9/v3/index.json']", Options = new() { PackageFolder = _site.Packages } });
        var change = await host.InstallAsync("Contoso.Tools");
        Assert.Equal((false, "NU1301"), (change.Ok, change.Problems.Single().Code));
        Assert.Contains("The package source cannot be reached: check the network, or 'package_sources'.", change.Error);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task With_only_the_runtime_installed_packages_run_and_others_report_that_they_need_the_SDK()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "hello");
        _site.Publish("Contoso.More", "1.0.0", "more");
        var script = ("part.csx", "#r \"nuget: Contoso.Part, 1.0.0\"\nmcp.Tool(\"part\", \"\", () => Part.Version);");
        string locked;
        await using (var host = await TestHost.StartAsync(_site.Setup(), script))
        {
            await host.InstalledAsync("Contoso.Tools");
            locked = host.LockText();
        }
        await using var bare = await TestHost.StartAsync(_site.Setup(dotnet: _site.NoSdk), script, ("packages.lock.json", locked));
        Assert.Equal(("hello with part 1.0.0", "part 1.0.0"), (await bare.CallAsync("Tools_say"), await bare.CallAsync("part")));
        var more = await bare.InstallAsync("Contoso.More");
        Assert.Equal("MCS303", Assert.Single(more.Problems).Code);
        Assert.Contains("Fetching needs the .NET SDK, but only the runtime is installed here. Install the SDK", more.Error);
        Assert.True((await bare.UninstallAsync("Contoso.Tools")).Ok);
    }

    [SuiteTheory(SlowSuites.Packages)]
    [InlineData("", false)]
    [InlineData("allow_install_from_mcp: true", true)]
    [InlineData("allow_install_from_mcp: true\nmanagement_tools: read", false)]
    public async Task An_agent_may_install_only_where_that_is_allowed(string yaml, bool allowed)
    {
        _site.Publish("Contoso.Tools", "1.0.0", "hello");
        await using var host = await TestHost.StartAsync(_site.Setup($"allowed_packages: [Contoso.]\n{yaml}"));
        Assert.Equal(allowed, (await (await host.Client).ListToolsAsync()).Any(tool => tool.Name == "proxy__install"));
        if (!allowed)
            return;
        Assert.Equal("Installed 'Contoso.Tools' 1.0.0: Tools_say", await host.CallAsync("proxy__install", new { package = "Contoso.Tools" }));
        Assert.Equal("hello with part 1.0.0", await host.CallAsync("Tools_say"));
        var refused = await host.CallForResultAsync("proxy__install", new { package = "Fabrikam.Tools" });
        Assert.True(refused.IsError);
    }
}
