using System.Text.Json.Nodes;
using McpScript.Specs.Management;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Packages;

/// <summary>The program's commands about packages, and the management API's, with a proxy and without one.</summary>
public sealed class PackageCliSpecs : IDisposable
{
    readonly ProxySite _site = new();
    readonly PackageSite _packages = new();

    public void Dispose()
    {
        _site.Dispose();
        _packages.Dispose();
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task Packages_are_installed_updated_and_uninstalled_with_a_running_proxy_and_without_one()
    {
        Directory.CreateSymbolicLink(_site["feed"], _packages.Feed);
        _packages.Publish("Contoso.Tools", "1.0.0", "one");
        var nowhere = await _site.RunAsync("install", "Contoso.Tools", "--source", "feed");
        Assert.Equal(1, nowhere.Code);
        Assert.StartsWith("Error: There is no plugin folder, so installed packages cannot be recorded", nowhere.Errors);

        Directory.CreateDirectory(_site.Plugins);
        Assert.Equal("(no packages installed)", await _site.SayAsync("packages"));
        Assert.Equal("Installed 'Contoso.Tools' 1.0.0", await _site.SayAsync("install", "contoso.tools@1.0.0", "--source", "feed"));
        Assert.Equal("  Contoso.Tools 1.0.0", (await _site.SayAsync("packages", "--plugin-dir", "plugins")).TrimEnd());
        Assert.Equal("'Contoso.Tools' 1.0.0 is installed", await _site.SayAsync("install", "Contoso.Tools@1.0.0", "--source", "feed"));

        await using var proxy = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0");
        var client = await proxy.ConnectAsync();
        Assert.Contains("Tools_say", (await client.ListToolsAsync()).Select(tool => tool.Name));
        Assert.Equal("  Contoso.Tools 1.0.0 (loaded)", (await _site.SayAsync("packages")).TrimEnd());

        // The source that was named is remembered, and the lock file says it relative to itself.
        _packages.Publish("Contoso.Tools", "1.1.0", "two");
        Assert.Equal("Installed 'Contoso.Tools' 1.0.0 -> 1.1.0: Tools_say", await _site.SayAsync("update"));
        Assert.Contains("\"../feed\"", File.ReadAllText(_site["plugins/packages.lock.json"]));
        Assert.Equal("two with part 1.0.0", ((TextContentBlock)(await client.CallToolAsync("Tools_say")).Content[0]).Text);

        var missing = await _site.RunAsync("install", "Contoso.Tools@7.0.0", "--source", "feed", "--json");
        Assert.Equal(1, missing.Code);
        Assert.StartsWith("NU110", $"{JsonNode.Parse(missing.Output)!["problems"]![0]!["code"]}");
        Assert.Equal("Uninstalled 'Contoso.Tools' 1.1.0: Tools_say", await _site.SayAsync("uninstall", "contoso.tools"));
        Assert.Equal(new(1, "", "Error: The package 'Contoso.Tools' is not installed."), await _site.RunAsync("uninstall", "Contoso.Tools"));
        Assert.DoesNotContain("Tools_say", (await client.ListToolsAsync()).Select(tool => tool.Name));
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_management_api_does_the_same_with_the_statuses_that_it_has_for_plugins()
    {
        _packages.Publish("Contoso.Tools", "1.0.0", "one");
        _site.Write("plugins/config.yaml", "package_sources: ['" + _packages.Feed + "']\nallowed_packages: [Contoso.]\nplugin_dirs: [.]\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0", "--config", "plugins/config.yaml");
        Assert.Equal("""{"packages":[]}""", (await proxy.GetAsync("/proxy/packages")).Text);
        var installed = await proxy.PostAsync("/proxy/packages", """{"package":"Contoso.Tools"}""");
        Assert.Equal((200, """{"ok":true,"package":"Contoso.Tools","done":"installed","version":"1.0.0","generation":1,"tools":["Tools_say"]}"""),
            (installed.Status, installed.Text));
        Assert.Equal(
            """{"packages":[{"package":"Contoso.Tools","version":"1.0.0","requested":"*","loaded":true,"needs":["Contoso.Part 1.0.0"]}]}""",
            (await proxy.GetAsync("/proxy/packages")).Text);

        Assert.Equal(400, (await proxy.PostAsync("/proxy/packages", "{}")).Status);
        Assert.Equal(400, (await proxy.PostAsync("/proxy/packages", """{"package":"../evil"}""")).Status);
        Assert.Equal(403, (await proxy.PostAsync("/proxy/packages", """{"package":"Fabrikam.Tools"}""")).Status);
        Assert.Equal(404, (await proxy.PostAsync("/proxy/packages", """{"package":"Contoso.Gone"}""")).Status);
        Assert.Equal(404, (await proxy.PostAsync("/proxy/packages/update", """{"package":"Contoso.Gone"}""")).Status);
        Assert.Equal(400, (await Rest.SendAsync(HttpMethod.Delete, await proxy.AtAsync("/proxy/packages"))).Status);
        var update = await proxy.PostAsync("/proxy/packages/update", "{}");
        Assert.Equal((200, "unchanged"), (update.Status, $"{update.Json["updates"]![0]!["done"]}"));
        var gone = await Rest.SendAsync(HttpMethod.Delete, await proxy.AtAsync("/proxy/packages/Contoso.Tools"));
        Assert.Equal(
            (200, """{"ok":true,"package":"Contoso.Tools","done":"uninstalled","version":"1.0.0","removed":["Tools_say"]}"""), (gone.Status, gone.Text));
        Assert.Equal(404, (await Rest.SendAsync(HttpMethod.Delete, await proxy.AtAsync("/proxy/packages?package=Contoso.Tools"))).Status);
    }
}
