using McpScript.FileSystem;
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
    public async Task An_installed_package_is_served_at_once_and_after_a_restart_without_feed_and_sdk()
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
    public async Task An_update_of_a_loaded_package_is_a_hot_reload_and_one_that_fails_leaves_the_old_version_serving_and_installed()
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

        _site.PublishCode("Contoso.Tools", "1.2.0", "public sealed class Plugin : IPlugin { public void Register(IPluginBuilder mcp, PluginConfig config) => throw new InvalidOperationException(\"no luck\"); }");
        var failed = await host.UpdateAsync("Contoso.Tools");
        Assert.Equal((false, PluginStage.Register, "1.1.0"), (failed.Ok, failed.Stage, failed.Version));
        Assert.Contains("no luck", failed.Error);
        _site.PublishCode("Contoso.Tools", "1.3.0", "public class Nothing;");
        Assert.Contains("Contoso.Tools 1.3.0 is no plugin", (await host.UpdateAsync("Contoso.Tools")).Error);
        await host.LooksAsync(() => { });
        Assert.Equal(("two with part 2.0.0", locked), (await host.CallAsync("Tools_say"), host.LockText()));

        await enough.CancelAsync();
        Assert.True(await calling > 0);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, $"only the served generation is alive; left: {string.Join(", ", host.Registry.Retired)}");
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task An_uninstalled_package_finishes_its_calls_and_is_gone()
    {
        var door = new Turnstile();
        _site.PublishCode("Contoso.Slow", "1.0.0", "[McpServerToolType] public static class Tools { [McpServerTool(Name = \"wait\")] public static async Task<string> Wait(McpScript.Testing.Turnstile door) { await door.PassAsync(); return \"done\"; } }");
        await using var host = await TestHost.StartAsync(_site.Setup(shared: door));
        await host.InstalledAsync("Contoso.Slow");
        var call = host.CallAsync("Slow_wait");
        await door.SomeoneWaiting;

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
    public async Task A_tampered_file_is_refused_and_installing_again_mends_it()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "good");
        _site.Publish("Contoso.Other", "1.0.0", "other");
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Tools");
        await host.InstalledAsync("Contoso.Other");
        var stored = Assert.Single(_site.Stored("Contoso.Tools.dll"));
        var evil = Dll.Build("Contoso.Tools", "[McpServerToolType] public static class Tools { [McpServerTool(Name = \"say\")] public static string Say() => \"evil\"; }").Assembly;
        // Watched: a change is tried as any other, and refused.
        var refused = await host.ChangeAsync("Contoso.Tools", () => File.WriteAllBytes(stored, evil));
        Assert.Equal("MCS304", Assert.Single(refused.Problems).Code);
        Assert.Contains("its SHA-256 differs from that of the lock file", refused.Error);
        Assert.Equal("good with part 1.0.0", await host.CallAsync("Tools_say"));

        // Whoever changes the list of hashes too does not get further.
        var list = Path.Combine(stored, "..", "..", "..", "files.sha256");
        var (honest, hash) = (File.ReadAllText(list), SourceFile.Of("", evil).Hash);
        File.WriteAllText(list, string.Join('\n', honest.Split('\n').Select(line => line.EndsWith("Contoso.Tools.dll", StringComparison.Ordinal) ? hash + line[64..] : line)));
        await using (var again = await TestHost.StartAsync(_site.Setup(dotnet: _site.NoSdk), ("packages.lock.json", host.LockText())))
        {
            Assert.Equal("MCS304", Assert.Single(again.StatusOf("Contoso.Tools").Problems).Code);
            Assert.Equal(["Other_say"], again.Registry.AllTools);
        }

        await host.InstalledAsync("Contoso.Tools@1.0.0");
        await using var mended = await TestHost.StartAsync(_site.Setup(dotnet: _site.NoSdk), ("packages.lock.json", host.LockText()));
        Assert.Equal("good with part 1.0.0", await mended.CallAsync("Tools_say"));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task What_needs_a_newer_shared_assembly_than_the_host_has_is_refused_before_anything_is_installed()
    {
        Nupkg.Write(_site.Feed, "ModelContextProtocol.Core", "99.0.0", Dll.Build("Unused", "public class Unused;"));
        _site.Publish("Contoso.Tools", "2.0.0", "too new", needs: ("ModelContextProtocol.Core", "99.0.0"));
        var newer = Dll.Build("Microsoft.Extensions.Options", "[assembly: System.Reflection.AssemblyVersion(\"99.0.0.0\")] namespace Newer { public class Thing; }");
        Nupkg.Write(_site.Feed, "Contoso.Modern", "1.0.0", Dll.Build("Contoso.Modern", "[McpServerToolType] public static class Tools { [McpServerTool] public static string Say(Newer.Thing? thing = null) => \"\"; }", newer.Assembly));
        await using var host = await TestHost.StartAsync(_site.Setup());

        var change = await host.InstallAsync("Contoso.Tools");
        Assert.Equal((false, "MCS203"), (change.Ok, Assert.Single(change.Problems).Code));
        Assert.Contains("Contoso.Tools 2.0.0 needs ModelContextProtocol.Core 99.0.0, and this host has 2.3.1, whose types every plugin shares", change.Error);
        Assert.Contains("Contoso.Modern needs Microsoft.Extensions.Options 99.0.0.0, and this host provides 10.0.0.0", (await host.InstallAsync("Contoso.Modern")).Error);
        Assert.Equal("", host.LockText());
        Assert.Empty(host.Registry.Failures);
        Assert.Empty(host.Registry.AllTools);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task What_is_not_there_not_reachable_or_not_allowed_is_told_with_the_cure_and_nothing_changes()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "hello");
        var dotted = "If it is a package, install it: mcp-proxy install Contoso.Gone";
        await using var host = await TestHost.StartAsync(_site.Setup("allowed_packages: [Contoso.]\nautoload: [Contoso.Tools@1.0.1, Contoso.Gone]"));
        Assert.Equal("The package Contoso.Tools@1.0.1 is not installed. Install it: mcp-proxy install Contoso.Tools@1.0.1", host.StatusOf("Contoso.Tools").Problems.Single().Message);
        Assert.Contains(dotted, host.StatusOf("Contoso.Gone").Problems.Single().Message);

        var gone = await host.InstallAsync("Contoso.Gone");
        Assert.Equal((PackageChangeKind.NotFound, "NU1101"), (gone.Kind, gone.Problems.Single().Code));
        var version = await host.InstallAsync("Contoso.Tools@9.9.9");
        Assert.Equal((PackageChangeKind.NotFound, "NU1102"), (version.Kind, version.Problems.Single().Code));
        var other = await host.InstallAsync("Fabrikam.Tools");
        Assert.Equal((PackageChangeKind.NotAllowed, "The package 'Fabrikam.Tools' is not among the 'allowed_packages' of the configuration (Contoso.)."), (other.Kind, other.Error));
        var source = await host.InstallAsync("Contoso.Tools", "https://127.0.0.1:9/v3/index.json");
        Assert.Equal(PackageChangeKind.NotAllowed, source.Kind);
        Assert.Contains("is not among the 'package_sources' of the configuration", source.Error);
        Assert.Equal(PackageChangeKind.Malformed, (await host.InstallAsync("../evil")).Kind);
        Assert.Equal("", host.LockText());

        // Installed in another version than the list says: told, not guessed.
        var wrong = await host.InstallAsync("Contoso.Tools@1.0.0");
        Assert.Contains("installed in version 1.0.0, and 'autoload' requires 1.0.1. Install it: mcp-proxy install Contoso.Tools@1.0.1", wrong.Error);
        _site.Publish("Contoso.Tools", "1.0.1", "right");
        await host.InstalledAsync("Contoso.Tools@1.0.1");
        Assert.Equal("right with part 1.0.0", await host.CallAsync("Tools_say"));
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task Offline_what_is_installed_runs_and_what_is_not_says_that_the_source_cannot_be_reached()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { ConfigYaml = "package_sources: ['https://127.0.0.1:9/v3/index.json']", Options = new() { PackageFolder = _site.Packages } });
        var change = await host.InstallAsync("Contoso.Tools");
        Assert.Equal((false, "NU1301"), (change.Ok, change.Problems.Single().Code));
        Assert.Contains("The package source cannot be reached: check the network, or 'package_sources'.", change.Error);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task On_a_machine_with_only_the_runtime_what_is_installed_runs_and_what_needs_the_sdk_says_so()
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

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_lock_file_from_version_control_is_fetched_exactly_or_not_at_all()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "original");
        string locked;
        await using (var host = await TestHost.StartAsync(_site.Setup()))
        {
            await host.InstalledAsync("Contoso.Tools@1.*");
            locked = host.LockText();
        }
        Directory.Delete(_site.Packages, recursive: true);
        _site.Publish("Contoso.Tools", "1.1.0", "newer");
        await using (var host = await TestHost.StartAsync(_site.Setup(), ("packages.lock.json", locked)))
            Assert.Equal("original with part 1.0.0", await host.CallAsync("Tools_say"));

        Directory.Delete(_site.Packages, recursive: true);
        _site.EmptyFeed();
        _site.Publish("Contoso.Tools", "1.0.0", "packed anew");
        await using var other = await TestHost.StartAsync(_site.Setup(), ("packages.lock.json", locked));
        var problem = Assert.Single(other.StatusOf("Contoso.Tools").Problems);
        Assert.Equal("MCS305", problem.Code);
        Assert.Contains("Contoso.Tools 1.0.0 differs from the lock file", problem.Message);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task The_lock_file_is_watched_a_pull_updates_and_removes_and_a_conflict_changes_nothing()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "one");
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Tools@1.0.0");
        var one = host.LockText();
        _site.Publish("Contoso.Tools", "2.0.0", "two");
        await host.InstalledAsync("Contoso.Tools@2.0.0");
        var two = host.LockText();

        Assert.True((await host.ChangeAsync("Contoso.Tools", () => File.WriteAllText(host.Folder["packages.lock.json"], one))).Ok);
        Assert.Equal("one with part 1.0.0", await host.CallAsync("Tools_say"));
        Assert.Empty(await host.LooksAsync(() => File.WriteAllText(host.Folder["packages.lock.json"], $"<<<<<<< HEAD\n{two}")));
        Assert.Equal("one with part 1.0.0", await host.CallAsync("Tools_say"));
        Assert.Contains("cannot be understood, so the packages stay as they were", host.Log.Text);
        Assert.Contains("nothing is written to it", (await host.UninstallAsync("Contoso.Tools")).Error);

        Assert.True((await host.ChangeAsync("Contoso.Tools", () => File.WriteAllText(host.Folder["packages.lock.json"], two))).Ok);
        Assert.Equal("two with part 1.0.0", await host.CallAsync("Tools_say"));
        await host.ChangeAsync("Contoso.Tools", () => host.Folder.Delete("packages.lock.json"));
        Assert.Empty(host.Registry.AllTools);
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task Packages_have_their_own_versions_of_one_dependency_settings_under_both_names_and_a_prefix_each()
    {
        _site.PublishCode("Contoso.Tools", "1.0.0", "[McpServerToolType] public sealed class Tools(PluginConfig config) { [McpServerTool(Name = \"word\")] public string Word() => config.Get(\"word\", \"none\")!; }");
        _site.Publish("Fabrikam.Tools", "1.0.0", "fabrikam", part: "1.0.0");
        _site.Publish("Contoso.Other", "1.0.0", "other", part: "2.0.0");
        await using var host = await TestHost.StartAsync(_site.Setup("plugins:\n  Tools: { word: last part }\n  Contoso.Other: { prefix: false }"));
        await host.InstalledAsync("Contoso.Tools");
        await host.InstalledAsync("Contoso.Other");
        var taken = await host.InstallAsync("Fabrikam.Tools");
        Assert.Equal((PackageChangeKind.Collision, "MCS0014"), (taken.Kind, taken.Problems.Single().Code));
        Assert.Contains("'Tools' is already the prefix of plugin 'Contoso.Tools'. Set plugins.Fabrikam.Tools.prefix to another text, or to false for none.", taken.Error);

        File.WriteAllText(host.Folder.ConfigFile, File.ReadAllText(host.Folder.ConfigFile) + "\n  Fabrikam.Tools: { prefix: fab }\n");
        await TestHost.UntilAsync(() => host.Server.Config.Plugins.ContainsKey("Fabrikam.Tools"), "the configuration is in force");
        await host.InstalledAsync("Fabrikam.Tools");
        Assert.Equal(["Tools_word", "fab_say", "say"], host.Registry.AllTools.Order(StringComparer.Ordinal));
        Assert.Equal(("last part", "other with part 2.0.0", "fabrikam with part 1.0.0"), (await host.CallAsync("Tools_word"), await host.CallAsync("say"), await host.CallAsync("fab_say")));

        // Settings under the last part are settings all the same.
        var changed = await host.ChangeAsync("Contoso.Tools", () => File.WriteAllText(host.Folder.ConfigFile, File.ReadAllText(host.Folder.ConfigFile).Replace("last part", "edited", StringComparison.Ordinal)));
        Assert.True(changed.Ok, changed.Error);
        Assert.Equal("edited", await host.CallAsync("Tools_word"));
        foreach (var name in new[] { "Contoso.Tools", "Contoso.Other", "Fabrikam.Tools" })
            Assert.True((await host.UninstallAsync(name)).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "all are gone");
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task All_assemblies_of_a_package_are_looked_through_and_none_of_what_it_needs()
    {
        static BuiltDll Tool(string name) => Dll.Build(name, $"[McpServerToolType] public static class {name}Tools {{ /// <summary>The {name}.</summary>\n[McpServerTool(Name = \"{name}\")] public static string Say() => \"{name}\"; }}");
        Nupkg.Write(_site.Feed, "Contoso.Needed", "1.0.0", Tool("Needed"));
        var (one, two) = (Tool("One"), Tool("Two"));
        Nupkg.Write(_site.Feed, "Contoso.Two", "1.0.0",
            [("lib/net8.0/One.dll", one.Assembly), ("lib/net8.0/One.xml", one.Documentation), ("lib/net8.0/Two.dll", two.Assembly), ("lib/net8.0/Two.xml", two.Documentation)], ("Contoso.Needed", "1.0.0"));
        await using var host = await TestHost.StartAsync(_site.Setup("autoload: []\nplugins: { Contoso.Two: { prefix: '' } }"));
        var change = await host.InstalledAsync("Contoso.Two");
        Assert.Equal(["One", "Two"], change.Plugin!.Tools.Order());
        Assert.Contains("not in the 'autoload' list", change.Note);
        Assert.Equal(["The One.", "The Two."], (await (await host.Client).ListToolsAsync()).Select(tool => tool.Description).Where(text => text.StartsWith("The ", StringComparison.Ordinal)).Order());
        await host.UninstallAsync("Contoso.Two");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_package_brings_its_native_library_along()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "NEEDS GCC: this spec makes a native library at test time. Install gcc to run it.");
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
        Nupkg.Write(_site.Feed, "Contoso.Native", "1.0.0", [("lib/net8.0/Contoso.Native.dll", dll.Assembly), ($"runtimes/{runtime}/native/libnumber.so", File.ReadAllBytes(library))]);
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Native");
        Assert.Equal("42", await host.CallAsync("Native_number"));
        File.WriteAllBytes(Assert.Single(_site.Stored("libnumber.so")), [1, 2, 3]);
        Assert.Equal("MCS304", Assert.Single((await host.Registry.ReloadAsync("Contoso.Native")).Problems).Code);
        Assert.Equal("42", await host.CallAsync("Native_number"));
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
        await using var ordered = await TestHost.StartAsync(_site.Setup("autoload: [C.Three, script, A.One, B.Two]"), ("packages.lock.json", locked), ("script.csx", "mcp.Tool(\"script\", \"\", () => 1);"));
        Assert.Equal(["C.Three", "script", "A.One", "B.Two"], ordered.Registry.Plugins.Select(plugin => plugin.Name));
    }
}
