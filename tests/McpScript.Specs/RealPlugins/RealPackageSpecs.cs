using System.Diagnostics;
using McpScript.Management;
using McpScript.Specs.Packages;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.RealPlugins;

/// <summary>A package from its scaffold to its end.</summary>
public sealed class RealPackageSpecs : IDisposable
{
    readonly ProxySite _site = new();

    public void Dispose() => _site.Dispose();

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A6")]
    public async Task A_package_is_scaffolded_packed_installed_updated_and_uninstalled()
    {
        Assert.StartsWith("Created my-svc.x/\n", await _site.SayAsync("new", "my-svc.x", "--kind", "package"));
        await PackAsync("1.0.0");
        var setup = new TestSetup { ConfigYaml = "server_name: test\n", Options = new() { PackageFolder = _site["packages"] } };
        await using var host = await TestHost.StartAsync(setup);
        var feed = _site["feed"];

        var missing = await host.InstallAsync("my-svc.x@9.9.9", feed);
        Assert.False(missing.Ok);
        Assert.Contains("1.0.0", missing.Error);

        var installed = await host.InstallAsync("my-svc.x", feed);
        Assert.True(installed.Ok, $"{installed.Error}\n{host.Log.Text}");
        var tool = host.Registry.AllTools.Single(name => name.EndsWith("add_numbers", StringComparison.Ordinal));
        Assert.Equal("1 + 2 = 3", await host.CallAsync(tool, new { a = 1, b = 2 }));
        Assert.True((await host.Registry.ReloadAsync("my-svc.x")).Ok);

        await PackAsync("1.1.0");
        var updated = await host.UpdateAsync("my-svc.x");
        Assert.Equal((PackageChangeKind.Installed, "1.1.0", "1.0.0"), (updated.Kind, updated.Version, updated.Was));
        Assert.Equal("2 + 2 = 4", await host.CallAsync(tool, new { a = 2, b = 2 }));

        Assert.True((await host.UninstallAsync("my-svc.x")).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, $"all generations are gone; left: {string.Join(", ", host.Registry.Retired)}");
    }

    // With the packages of the machine that runs this; the site's home is empty.
    async Task PackAsync(string version)
    {
        using var pack = Process.Start(new ProcessStartInfo("dotnet",
            ["pack", _site["my-svc.x"], "-o", _site["feed"], $"-p:Version={version}", "-v", "q", "-nodeReuse:false"])
        { RedirectStandardOutput = true })!;
        var said = await pack.StandardOutput.ReadToEndAsync().WaitAsync(3 * TestHost.Patience);
        await pack.WaitForExitAsync().WaitAsync(TestHost.Patience);
        Assert.True(pack.ExitCode == 0, said);
    }
}
