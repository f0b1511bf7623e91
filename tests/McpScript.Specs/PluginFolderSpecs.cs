using System.Text;
using McpScript.Specs.Packages;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Own files of each kind of plugin.</summary>
public sealed class PluginFolderSpecs : IDisposable
{
    const string Read = "mcp.Tool(\"read\", \"Reads.\", () => File.ReadAllText(Path.Combine(mcp.Folder, \"data.txt\")));";

    readonly PackageSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact, Trait("Fault", "A14")]
    public async Task The_folder_of_a_script_is_its_directory_and_that_of_a_folder_plugin_is_itself()
    {
        await using var host = await TestHost.StartAsync(
            ("a.csx", Read), ("data.txt", "of the plugin folder"),
            ("b/main.csx", Read.Replace("read", "read_b")), ("b/data.txt", "of b"),
            ("c.csx", "using System.Runtime.CompilerServices;\nstring Here([CallerFilePath] string path = \"\") => Path.GetDirectoryName(path);\nvar here = "
                + "Here();\nmcp.Tool(\"same\", \"\", () => $\"{here == mcp.Folder} {config.Folder == mcp.Folder}\");"));
        Assert.Equal("of the plugin folder", await host.CallAsync("read"));
        Assert.Equal("of b", await host.CallAsync("read_b"));
        Assert.Equal("True True", await host.CallAsync("same"));
    }

    [Theory, Trait("Fault", "A14")]
    [InlineData("", "plugin classes")]
    [InlineData("Files", "attributes")]
    public async Task The_folder_of_a_DLL_is_its_directory(string folder, string kind)
    {
        var dll = kind == "attributes"
            ? Dll.Build("Files", """
                [McpServerToolType] public class Tools(PluginConfig config)
                {
                    [McpServerTool(Name = "read")] public string Read() => System.IO.File.ReadAllText(System.IO.Path.Combine(config.Folder, "data.txt"));
                }
                """)
            : Dll.Build("Files", """
                public class Files : IPlugin
                {
                    public void Register(IPluginBuilder mcp, PluginConfig config) =>
                        mcp.Tool("read", "Reads.", () => System.IO.File.ReadAllText(System.IO.Path.Combine(mcp.Folder, "data.txt")));
                }
                """);
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = plugins =>
            {
                dll.WriteTo(plugins[folder]);
                File.WriteAllText(Path.Combine(plugins[folder], "data.txt"), "beside the DLL");
            },
        });
        Assert.Equal("beside the DLL", await host.CallAsync("read"));
    }

    [Fact, Trait("Fault", "A14")]
    public async Task A_plugin_at_a_configured_path_has_the_folder_of_that_path()
    {
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            ConfigYaml = "plugins:\n  far: { path: outside/far.csx }\n",
            Prepare = plugins =>
            {
                File.WriteAllText(Path.Combine(plugins.Outside, "far.csx"), Read);
                File.WriteAllText(Path.Combine(plugins.Outside, "data.txt"), "outside");
            },
        });
        Assert.Equal("outside", await host.CallAsync("read"));
    }

    [Fact, Trait("Fault", "A14")]
    public async Task A_packages_folder_has_its_content_files_in_the_layout_of_a_build()
    {
        PublishFiles("1.0.0", "one");
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Files");
        Assert.Equal("one", await host.CallAsync("Files_read", new { path = "data.txt" }));
        Assert.Equal("deep one", await host.CallAsync("Files_read", new { path = "sub/deep.txt" }));
        Assert.Equal("older one", await host.CallAsync("Files_read", new { path = "older.txt" }));
        Assert.Equal("for this framework one", await host.CallAsync("Files_read", new { path = "framework.txt" }));

        PublishFiles("1.1.0", "two");
        await host.UpdateAsync("Contoso.Files");
        Assert.Equal("two", await host.CallAsync("Files_read", new { path = "data.txt" }));
    }

    [Fact, Trait("Fault", "A14")]
    public async Task A_content_file_that_was_changed_in_the_store_is_refused_and_a_copy_is_written_again()
    {
        PublishFiles("1.0.0", "one");
        await using var host = await TestHost.StartAsync(_site.Setup());
        await host.InstalledAsync("Contoso.Files");
        var files = _site.Stored("data.txt");
        var copy = files.Single(path => path.Contains("/files/") || path.Contains("\\files\\"));
        File.WriteAllText(copy, "tampered");
        Assert.True((await host.Registry.ReloadAsync("Contoso.Files")).Ok);
        Assert.Equal("one", await host.CallAsync("Files_read", new { path = "data.txt" }));

        File.WriteAllText(files.Single(path => path.Contains("contentFiles", StringComparison.Ordinal)), "tampered");
        var refused = await host.Registry.ReloadAsync("Contoso.Files");
        Assert.Equal("MCS304", refused.Problems[0].Code);
        Assert.Equal("one", await host.CallAsync("Files_read", new { path = "data.txt" }));
    }

    void PublishFiles(string version, string says)
    {
        byte[] Text(string text) => Encoding.UTF8.GetBytes($"{text}{says}");
        var dll = Dll.Build("Contoso.Files", """
            [McpServerToolType] public class Tools(PluginConfig config)
            {
                [McpServerTool(Name = "read")] public string Read(string path) => System.IO.File.ReadAllText(System.IO.Path.Combine(config.Folder, path));
            }
            """);
        Nupkg.Write(_site.Feed, "Contoso.Files", version,
        [
            ("lib/net8.0/Contoso.Files.dll", dll.Assembly), ("contentFiles/any/any/data.txt", Text("")), ("contentFiles/any/any/sub/deep.txt", Text("deep ")),
            ("contentFiles/any/net8.0/framework.txt", Text("for this framework ")), ("content/older.txt", Text("older ")),
            ("content/data.txt", Text("shadowed ")),
        ]);
    }
}
