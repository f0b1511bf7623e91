using System.IO.Compression;
using System.Xml.Linq;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Packaging;

/// <summary>Packed packages: installed from a folder into an empty home, where they run.</summary>
public class PackagingSpecs
{
    static readonly string[] Tools = ["mcp-client", "mcp-factory", "mcp-proxy"];
    static readonly string[] Libraries = ["McpScript", "McpScript.Abstractions", "McpScript.CallLog", "McpScript.FileSystem", "McpScript.Framework",
        "McpScript.Http", "McpScript.Packages", "McpScript.Scripting"];
    static readonly string[] PluginFolder = ["McpScript.Data"];

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_packages_are_complete_and_the_tools_install_and_compile_scripts()
    {
        using var site = new ProxySite(("greet.csx", """
            using System.Text.RegularExpressions;
            mcp.Tool("greet", "Greets.", (string name) => $"Hello, {Regex.Replace(name, "[0-9]", "")}!");
            """));
        var feed = Directory.CreateDirectory(site["feed"]).FullName;
        site.Environment["DOTNET_CLI_HOME"] = site["home"];
        foreach (var (name, value) in new[] { ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("MSBUILDDISABLENODEREUSE", "1"),
            ("DOTNET_CLI_USE_MSBUILD_SERVER", "0") })
            site.Environment[name] = value;

        // What is built already, of the tests' own configuration.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        await DotnetAsync(site, "pack", BuiltProgram.Checkout, "--no-build", "--configuration", configuration, "--output", feed, "-v", "quiet");
        var packages = Directory.GetFiles(feed, "*.nupkg").ToDictionary(path => Manifest(path).Element(Ns(path) + "id")!.Value);
        Assert.Equal(Libraries.Concat(PluginFolder).Concat(Tools).Order(StringComparer.Ordinal), packages.Keys.Order(StringComparer.Ordinal));
        Assert.All(packages, package => CheckPackage(package.Key, package.Value));

        site.Environment["NUGET_PACKAGES"] = site["packages"];
        // Only the folder, so that no other source is searched.
        var sources = site.Write(
            "nuget.config", $"<configuration><packageSources><clear /><add key=\"here\" value=\"{feed}\" /></packageSources></configuration>");
        foreach (var tool in Tools)
            await DotnetAsync(site, "tool", "install", tool, "--tool-path", site["tools"], "--configfile", sources, "--verbosity", "quiet");
        foreach (var tool in Tools)
        {
            await using var version = ProxyProcess.Start(site, site[$"tools/{tool}"], ["--version"]);
            Assert.Equal((0, Hosting.ProductVersion.Text), (await version.ExitAsync(), version.Output.Text));
        }
        await GreetsAsync(site, "mcp-proxy", "serve");
        await GreetsAsync(site, "mcp-factory", "--plugins", "greet");
    }

    static async Task GreetsAsync(ProxySite site, string tool, params string[] arguments)
    {
        await using var program = await StdioClient.ConnectToAsync(site[$"tools/{tool}"], site, null, arguments);
        var result = await program.Client.CallToolAsync("greet", new Dictionary<string, object?> { ["name"] = "A1d2a" });
        Assert.Equal("Hello, Ada!", result.Content.OfType<TextContentBlock>().Single().Text);
    }

    static void CheckPackage(string id, string path)
    {
        var manifest = Manifest(path);
        string? Of(string element) => manifest.Element(Ns(path) + element)?.Value;
        Assert.Equal(("MIT", "README.md"), (Of("license"), Of("readme")));
        Assert.NotEqual("Package Description", Of("description"));
        var files = FilesOf(path);
        Assert.Contains("README.md", files);
        if (Tools.Contains(id))
        {
            Assert.Contains("tools/net10.0/any/DotnetToolSettings.xml", files);
            Assert.Contains($"tools/net10.0/any/{id}.dll", files);
            return;
        }
        Assert.Contains($"lib/net10.0/{id}.dll", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        // A plugin carries its symbols in itself, so that errors show places in its code.
        if (!PluginFolder.Contains(id))
            Assert.Contains($"lib/net10.0/{id}.pdb", FilesOf(Path.ChangeExtension(path, ".snupkg")));
    }

    static List<string> FilesOf(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    static XElement Manifest(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        using var nuspec = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var root = XDocument.Load(nuspec).Root!;
        return root.Element(root.Name.Namespace + "metadata")!;
    }

    static XNamespace Ns(string package) => Manifest(package).Name.Namespace;

    static async Task DotnetAsync(ProxySite site, params string[] arguments)
    {
        var program = Path.Combine(BuiltProgram.DotnetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        await using var dotnet = ProxyProcess.Start(site, program, arguments);
        var code = await dotnet.ExitAsync(WaitLimits.Tool);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} ended with {code}:\n{dotnet.Output.Text}\n{dotnet.Errors.Text}");
    }
}
