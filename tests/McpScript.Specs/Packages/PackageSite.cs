using McpScript.Management;
using McpScript.Testing;

namespace McpScript.Specs.Packages;

/// <summary>A feed of a spec's own, a package folder of its own, and hosts that know no other.</summary>
sealed class PackageSite : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("mcpscript-packages-").FullName;

    /// <summary>The folder that is the feed.</summary>
    public string Feed => Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName;

    /// <summary>The folder of installed packages.</summary>
    public string Packages => Path.Combine(_folder, "packages");

    /// <summary>A .NET without an SDK.</summary>
    public string NoSdk => Directory.CreateDirectory(Path.Combine(_folder, "no-sdk")).FullName;

    /// <summary>A host that gets packages from the feed only.</summary>
    public TestSetup Setup(string yaml = "", string? dotnet = null, object? shared = null) => new()
    {
        ConfigYaml = $"package_sources: ['{Feed}']\n{yaml}",
        Options = (shared is Turnstile door ? new McpScriptServerOptions().ShareWithPlugins(door) : new())
            with
        { PackageFolder = Packages, DotnetRoot = dotnet },
    };

    /// <summary>Packs a plugin with one tool, <c>say</c>, that says something and what its dependency says.</summary>
    public void Publish(string id, string version, string says, string part = "1.0.0", params (string Id, string Version)[] needs)
    {
        PublishPart(part);
        Nupkg.Write(Feed, id, version, Dll.Build(id, $$"""
            [McpServerToolType]
            public static class Tools
            {
                /// <summary>Says something.</summary>
                [McpServerTool(Name = "say")] public static string Say() => $"{{says}} with {Part.Version}";
            }
            """, Part(part).Assembly), [("Contoso.Part", $"[{part}]"), .. needs]);
    }

    /// <summary>Packs a plugin that is made of any code.</summary>
    public void PublishCode(string id, string version, string code, params (string Id, string Version)[] needs) =>
        Nupkg.Write(Feed, id, version, Dll.Build(id, code), needs);

    /// <summary>Takes away all packages of the feed, as if it were another day.</summary>
    public void EmptyFeed()
    {
        foreach (var package in Directory.GetFiles(Feed))
            File.Delete(package);
    }

    /// <summary>The files of that name in the package folder.</summary>
    public IReadOnlyList<string> Stored(string file) => Directory.GetFiles(Path.Combine(Packages, "store"), file, SearchOption.AllDirectories);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void PublishPart(string version)
    {
        if (!File.Exists(Path.Combine(Feed, $"Contoso.Part.{version}.nupkg")))
            Nupkg.Write(Feed, "Contoso.Part", version, Part(version));
    }

    static BuiltDll Part(string version) => Dll.Build("Contoso.Part", $$"""
        [assembly: System.Reflection.AssemblyVersion("{{version}}.0")]
        public static class Part { public static string Version => "part {{version}}"; }
        """);
}

/// <summary>Short forms of the actions of an operator on packages.</summary>
static class PackageChanges
{
    /// <summary>Installs a package.</summary>
    public static Task<PackageChange> InstallAsync(this TestHost host, string package, params string[] sources) =>
        host.Server.Operations.Packages!.InstallAsync(package, sources, false, CancellationToken.None).WaitAsync(TestHost.Patience * 2);

    /// <summary>Installs a package, which must succeed.</summary>
    public static async Task<PackageChange> InstalledAsync(this TestHost host, string package)
    {
        var change = await host.InstallAsync(package);
        Assert.True(change.Ok, $"{change.Error}\n{host.Log.Text}");
        return change;
    }

    /// <summary>Updates a package.</summary>
    public static async Task<PackageChange> UpdateAsync(this TestHost host, string package) =>
        Assert.Single(await host.Server.Operations.Packages!.UpdateAsync(package, [], CancellationToken.None).WaitAsync(TestHost.Patience * 2));

    /// <summary>Uninstalls a package.</summary>
    public static Task<PackageChange> UninstallAsync(this TestHost host, string package) =>
        host.Server.Operations.Packages!.UninstallAsync(package, CancellationToken.None).WaitAsync(TestHost.Patience);

    /// <summary>The text of the lock file; empty without a file.</summary>
    public static string LockText(this TestHost host) =>
        File.Exists(host.Folder["packages.lock.json"]) ? File.ReadAllText(host.Folder["packages.lock.json"]) : "";
}
