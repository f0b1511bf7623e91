using McpScript.Management;
using McpScript.Model;
using McpScript.Testing;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Packages;

/// <summary>Plugins that are NuGet packages, from installing to uninstalling.</summary>
public sealed class PackagePluginSpecs : IDisposable
{
    readonly PackageSite _site = new();

    public void Dispose() => _site.Dispose();

    [SuiteFact(SlowSuites.Packages)]
    public async Task An_installed_package_is_served_immediately_and_after_a_restart_without_feed_and_SDK()
    {
        _site.Publish("Contoso.Tools", "1.2.3", "hello");
        string locked;
        await using (var host = await TestHost.StartAsync(_site.Setup(), ("echo.csx", "mcp.Tool(\"echo\", \"\", () => 1);")))
        {
            var change = await host.InstallAsync("contoso.tools");
            Assert.True(change.Ok, host.Log.Text);
            Assert.Equal(("Contoso.Tools", "1.2.3", null, PackageChangeKind.Installed), (change.Package, change.Version, change.Was, change.Kind));
            Assert.Equal("hello with part 1.0.0", await host.CallAsync("Tools_say"));
            var tool = (await (await host.Client).ListToolsAsync()).Single(tool => tool.Name == "Tools_say");
            Assert.Equal("Says something.", tool.Description);
            Assert.Equal(("live", "package"), (host.StatusOf("Contoso.Tools").State, host.StatusOf("Contoso.Tools").Source));
            var entry = Assert.Single(host.Server.Operations.Packages!.Packages);
            Assert.Equal(("Contoso.Tools", "1.2.3", "*", true), (entry.Package, entry.Version, entry.Requested, entry.Loaded));
            Assert.Equal(["Contoso.Part 1.0.0"], entry.Needs);
            locked = host.LockText();
        }
        _site.EmptyFeed();

        // What is listed is wanted where there is no list, and a list may name the version.
        foreach (var yaml in new[] { "", "autoload: [Contoso.Tools]", "autoload: [Contoso.Tools@1.2.3]" })
        {
            await using var again = await TestHost.StartAsync(_site.Setup(yaml, _site.NoSdk), ("packages.lock.json", locked));
            Assert.Equal("hello with part 1.0.0", await again.CallAsync("Tools_say"));
            Assert.DoesNotContain("Fetching packages", again.Log.Text);
            await again.Registry.UnloadAsync("Contoso.Tools");
            await TestHost.UntilAsync(() => again.Registry.LiveGenerations == 0, "it is gone with its dependency");
        }
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task An_update_of_a_package_is_a_hot_reload_and_a_failed_one_keeps_the_old_version()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "one");
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Tools@1.0.0");
        using var enough = new CancellationTokenSource();
        var calling = Caller.CallAsync(await host.ConnectAsync(), "Tools_say", enough.Token);

        _site.Publish("Contoso.Tools", "1.1.0", "two", part: "2.0.0");
        var updated = await host.UpdateAsync("contoso.tools");
        Assert.Equal((true, "1.0.0", "1.1.0"), (updated.Ok, updated.Was, updated.Version));
        Assert.Equal("two with part 2.0.0", await host.CallAsync("Tools_say"));
        Assert.Equal(PackageChangeKind.Unchanged, (await host.UpdateAsync("Contoso.Tools")).Kind);
        Assert.Equal(2, host.StatusOf("Contoso.Tools").Generation);
        var locked = host.LockText();

        _site.PublishCode("Contoso.Tools", "1.2.0", "public sealed class Plugin : IPlugin { public void Register(IPluginBuilder mcp, "
            + "PluginConfig config) => throw new InvalidOperationException(\"no luck\"); }");
        var failed = await host.UpdateAsync("Contoso.Tools");
        Assert.Equal((false, PluginStage.Register, "1.1.0"), (failed.Ok, failed.Stage, failed.Version));
        Assert.Contains("no luck", failed.Error);
        _site.PublishCode("Contoso.Tools", "1.3.0", "public class Nothing;");
        Assert.Contains("Contoso.Tools 1.3.0 is no plugin", (await host.UpdateAsync("Contoso.Tools")).Error);
        await host.ScanAfterAsync(() => { });
        Assert.Equal(("two with part 2.0.0", locked), (await host.CallAsync("Tools_say"), host.LockText()));

        await enough.CancelAsync();
        Assert.True(await calling > 0);
        await TestHost.UntilAsync(
            () => host.Registry.LiveGenerations == 1, $"only the served generation is alive; left: {string.Join(", ", host.Registry.Retired)}");
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task An_uninstalled_package_finishes_its_calls_and_is_removed()
    {
        var door = new Turnstile();
        _site.PublishCode("Contoso.Slow", "1.0.0", "[McpServerToolType] public static class Tools { [McpServerTool(Name = \"wait\")] public static async "
            + "Task<string> Wait(McpScript.Testing.Turnstile door) { await door.PassAsync(); return \"done\"; } }");
        await using var host = await TestHost.StartAsync(_site.Setup(shared: door));
        await host.InstalledAsync("Contoso.Slow");
        var call = host.CallAsync("Slow_wait");
        await door.CallerWaiting;

        var change = await host.UninstallAsync("contoso.slow");
        Assert.Equal((true, PackageChangeKind.Uninstalled, "Contoso.Slow"), (change.Ok, change.Kind, change.Package));
        Assert.Equal(["Slow_wait"], change.Removed);
        Assert.Empty(host.Registry.AllTools);
        Assert.DoesNotContain("Contoso", host.LockText());
        door.Open();
        Assert.Equal("done", await call);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
        Assert.Equal(PackageChangeKind.NotFound, (await host.UninstallAsync("Contoso.Slow")).Kind);

        // Uninstalled is no grudge.
        await host.InstalledAsync("Contoso.Slow");
        Assert.Equal(["Slow_wait"], host.Registry.AllTools);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task Packages_have_their_own_versions_of_one_dependency_settings_under_both_names_and_a_prefix_each()
    {
        _site.PublishCode("Contoso.Tools", "1.0.0", "[McpServerToolType] public sealed class Tools(PluginConfig config) { [McpServerTool(Name = \"word\")] "
            + "public string Word() => config.Get(\"word\", \"none\")!; }");
        _site.Publish("Fabrikam.Tools", "1.0.0", "fabrikam", part: "1.0.0");
        _site.Publish("Contoso.Other", "1.0.0", "other", part: "2.0.0");
        await using var host = await TestHost.StartAsync(_site.Setup("plugins:\n  Tools: { word: last part }\n  Contoso.Other: { prefix: false }"));
        await host.InstalledAsync("Contoso.Tools");
        await host.InstalledAsync("Contoso.Other");
        var taken = await host.InstallAsync("Fabrikam.Tools");
        Assert.Equal((PackageChangeKind.Collision, "MCS0014"), (taken.Kind, taken.Problems.Single().Code));
        Assert.Contains(
            "'Tools' is already the prefix of plugin 'Contoso.Tools'. Set plugins.Fabrikam.Tools.prefix to another text, or to false for none.", taken.Error);

        File.WriteAllText(host.Folder.ConfigFile, File.ReadAllText(host.Folder.ConfigFile) + "\n  Fabrikam.Tools: { prefix: fab }\n");
        await TestHost.UntilAsync(() => host.Server.Config.Plugins.ContainsKey("Fabrikam.Tools"), "the configuration is in force");
        await host.InstalledAsync("Fabrikam.Tools");
        Assert.Equal(["Tools_word", "fab_say", "say"], host.Registry.AllTools.Order(StringComparer.Ordinal));
        Assert.Equal(("last part", "other with part 2.0.0", "fabrikam with part 1.0.0"),
            (await host.CallAsync("Tools_word"), await host.CallAsync("say"), await host.CallAsync("fab_say")));

        // Settings under the last part are settings all the same.
        var changed = await host.ChangeAsync("Contoso.Tools",
            () => File.WriteAllText(host.Folder.ConfigFile, File.ReadAllText(host.Folder.ConfigFile).Replace("last part", "edited", StringComparison.Ordinal)));
        Assert.True(changed.Ok, changed.Error);
        Assert.Equal("edited", await host.CallAsync("Tools_word"));
        foreach (var name in new[] { "Contoso.Tools", "Contoso.Other", "Fabrikam.Tools" })
            Assert.True((await host.UninstallAsync(name)).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "all are gone");
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task All_assemblies_of_a_package_are_scanned_and_none_of_its_dependencies()
    {
        static BuiltDll Tool(string name) => Dll.Build(name, $"[McpServerToolType] public static class {name}Tools {{ /// <summary>The "
            + $"{name}.</summary>\n[McpServerTool(Name = \"{name}\")] public static string Say() => \"{name}\"; }}");
        Nupkg.Write(_site.Feed, "Contoso.Needed", "1.0.0", Tool("Needed"));
        var (one, two) = (Tool("One"), Tool("Two"));
        Nupkg.Write(_site.Feed, "Contoso.Two", "1.0.0",
            [("lib/net8.0/One.dll", one.Assembly), ("lib/net8.0/One.xml", one.Documentation), ("lib/net8.0/Two.dll", two.Assembly),
                ("lib/net8.0/Two.xml", two.Documentation)], ("Contoso.Needed", "1.0.0"));
        await using var host = await TestHost.StartAsync(_site.Setup("autoload: []\nplugins: { Contoso.Two: { prefix: '' } }"));
        var change = await host.InstalledAsync("Contoso.Two");
        Assert.Equal(["One", "Two"], change.Plugin!.Tools.Order());
        Assert.Contains("not in the 'autoload' list", change.Note);
        Assert.Equal(["The One.", "The Two."], (await (await host.Client).ListToolsAsync()).Select(tool => tool.Description)
            .Where(text => text.StartsWith("The ", StringComparison.Ordinal)).Order());
        await host.UninstallAsync("Contoso.Two");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_package_includes_its_native_library()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "NEEDS GCC: this spec makes a native library at test time. Install gcc to run it.");
        var (source, library) = (Path.Combine(_site.Feed, "number.c"), Path.Combine(_site.Feed, "libnumber.so"));
        File.WriteAllText(source, "int number(void) { return 42; }");
        using (var gcc = System.Diagnostics.Process.Start("/usr/bin/gcc", ["-shared", "-fPIC", "-o", library, source]))
            await gcc.WaitForExitAsync();
        var dll = Dll.Build("Contoso.Native", """
            [McpServerToolType] public static class Tools
            {
                [System.Runtime.InteropServices.DllImport("number")] static extern int number();
                [McpServerTool(Name = "number")] public static int Number() => number();
            }
            """);
        var runtime = $"linux-{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        Nupkg.Write(_site.Feed, "Contoso.Native", "1.0.0",
            [("lib/net8.0/Contoso.Native.dll", dll.Assembly), ($"runtimes/{runtime}/native/libnumber.so", File.ReadAllBytes(library))]);
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Native");
        Assert.Equal("42", await host.CallAsync("Native_number"));
        File.WriteAllBytes(Assert.Single(_site.Stored("libnumber.so")), [1, 2, 3]);
        Assert.Equal("MCS304", Assert.Single((await host.Registry.ReloadAsync("Contoso.Native")).Problems).Code);
        Assert.Equal("42", await host.CallAsync("Native_number"));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_wanted_set_of_packages_and_scripts_is_registered_in_the_listed_order()
    {
        foreach (var id in new[] { "A.One", "B.Two", "C.Three" })
            _site.Publish(id, "1.0.0", id);
        string locked;
        await using (var host = await TestHost.StartAsync(_site.Setup()))
        {
            foreach (var id in new[] { "A.One", "B.Two", "C.Three" })
                await host.InstalledAsync(id);
            locked = host.LockText();
        }
        await using var ordered = await TestHost.StartAsync(
            _site.Setup("autoload: [C.Three, script, A.One, B.Two]"), ("packages.lock.json", locked), ("script.csx", "mcp.Tool(\"script\", \"\", () => 1);"));
        Assert.Equal(["C.Three", "script", "A.One", "B.Two"], ordered.Registry.Plugins.Select(plugin => plugin.Name));
    }
}
