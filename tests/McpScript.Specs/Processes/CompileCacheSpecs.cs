using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

/// <summary>The compile cache: unchanged plugins are not compiled at the next start.</summary>
public class CompileCacheSpecs
{
    const string Loads = """
        #load "parts/shout.csx"
        /// <summary>Says it louder.</summary>
        [McpServerTool(Name = "shout")]
        string Louder() => Shout("hello");
        """;

    const string Part = "string Shout(string text) => text.ToUpper();";

    [Fact]
    public async Task An_unchanged_script_starts_without_the_compiler_and_a_changed_one_is_compiled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "On other systems the loaded files of a process cannot be listed.");
        using var site = new ProxySite(("say.csx", Say.Script("hello")), ("shout.csx", Loads));
        site.Write("plugins/parts/shout.csx", Part);

        Assert.Equal(("hello", "HELLO", true), await RunAsync(site));
        Assert.Equal(("hello", "HELLO", false), await RunAsync(site));
        Assert.Equal(("hello", "HELLO", true), await RunAsync(site, "--no-cache"));

        site.Write("plugins/parts/shout.csx", Part.Replace("text.ToUpper()", "text + '!'"));
        Assert.Equal(("hello", "hello!", true), await RunAsync(site));
        Assert.Equal(("hello", "hello!", false), await RunAsync(site));
    }

    [Fact]
    public async Task Without_the_cache_nothing_is_stored()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Write("mcp.yaml", "compile_cache: off\n");
        await using (var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml"))
            await EndAsync(proxy);
        Assert.False(Directory.Exists(site["home/.mcp_proxy/cache"]));

        site.Write("mcp.yaml", "compile_cache_dir: kept\n");
        await using (var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml"))
            await EndAsync(proxy);
        Assert.False(Directory.Exists(site["home/.mcp_proxy/cache"]));
        Assert.Single(Directory.GetFiles(site["kept"]));
    }

    static async Task<(string Say, string Shout, bool IsCompilerLoaded)> RunAsync(ProxySite site, params string[] options)
    {
        await using var proxy = await ProxyProcess.StartReadyAsync(site, ["serve", .. options]);
        await proxy.InitializeAsync();
        var answers = (await proxy.CallAsync("1", "say"), await proxy.CallAsync("2", "shout"));
        var loaded = await proxy.LoadsAsync("Microsoft.CodeAnalysis");
        await EndAsync(proxy);
        return (answers.Item1, answers.Item2, loaded);
    }

    static async Task EndAsync(ProxyProcess proxy)
    {
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
    }
}
