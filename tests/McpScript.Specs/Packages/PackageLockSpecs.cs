using McpScript.FileSystem;
using McpScript.Testing;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Packages;

/// <summary>The lock file of installed packages: hashes, version control and changes while running.</summary>
public sealed class PackageLockSpecs : IDisposable
{
    readonly PackageSite _site = new();

    public void Dispose() => _site.Dispose();

    [SuiteFact(SlowSuites.Packages)]
    public async Task A_tampered_file_is_refused_and_installing_again_repairs_it()
    {
        _site.Publish("Contoso.Tools", "1.0.0", "good");
        _site.Publish("Contoso.Other", "1.0.0", "other");
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Tools");
        await host.InstalledAsync("Contoso.Other");
        var stored = Assert.Single(_site.Stored("Contoso.Tools.dll"));
        var evil = Dll.Build("Contoso.Tools",
            "[McpServerToolType] public static class Tools { [McpServerTool(Name = \"say\")] public static string Say() => \"evil\"; }").Assembly;
        // Watched: a change is tried as any other, and refused.
        var refused = await host.ChangeAsync("Contoso.Tools", () => File.WriteAllBytes(stored, evil));
        Assert.Equal("MCS304", Assert.Single(refused.Problems).Code);
        Assert.Contains("its SHA-256 differs from that of the lock file", refused.Error);
        Assert.Equal("good with part 1.0.0", await host.CallAsync("Tools_say"));

        // A changed list of hashes does not help either.
        var list = Path.Combine(stored, "..", "..", "..", "files.sha256");
        var (honest, hash) = (File.ReadAllText(list), SourceFile.Of("", evil).Hash);
        File.WriteAllText(list,
            string.Join('\n', honest.Split('\n').Select(line => line.EndsWith("Contoso.Tools.dll", StringComparison.Ordinal) ? hash + line[64..] : line)));
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
    public async Task The_lock_file_is_watched_so_a_pull_updates_and_removes_and_a_conflict_changes_nothing()
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
        Assert.Empty(await host.ScanAfterAsync(() => File.WriteAllText(host.Folder["packages.lock.json"], $"<<<<<<< HEAD\n{two}")));
        Assert.Equal("one with part 1.0.0", await host.CallAsync("Tools_say"));
        Assert.Contains("cannot be understood, so the packages stay as they were", host.Log.Text);
        Assert.Contains("nothing is written to it", (await host.UninstallAsync("Contoso.Tools")).Error);

        Assert.True((await host.ChangeAsync("Contoso.Tools", () => File.WriteAllText(host.Folder["packages.lock.json"], two))).Ok);
        Assert.Equal("two with part 1.0.0", await host.CallAsync("Tools_say"));
        await host.ChangeAsync("Contoso.Tools", () => host.Folder.Delete("packages.lock.json"));
        Assert.Empty(host.Registry.AllTools);
    }
}
