using System.Runtime.InteropServices;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.RealPlugins;

/// <summary>Class libraries as developers build them: each loaded, called, rebuilt, reloaded and unloaded.</summary>
public class RealDllSpecs
{
    static TestSetup With(string project, string? folder = null) => new()
    {
        Prepare = plugins =>
        {
            var build = BuiltProgram.FixtureOutput(project);
            // Of the native libraries only those for this machine: the others are large.
            var (all, here) = (Path.Combine(build, "runtimes"), Path.Combine(build, "runtimes", RuntimeInformation.RuntimeIdentifier));
            foreach (var file in Directory.GetFiles(build, "*", SearchOption.AllDirectories)
                .Where(file => !file.StartsWith(all, StringComparison.Ordinal) || file.StartsWith(here, StringComparison.Ordinal)))
            {
                var target = Path.Combine(plugins[folder ?? project], Path.GetRelativePath(build, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        },
    };

    // A rebuild that changes what is loaded: another module, with the same code.
    static void Rebuild(TestHost host, string project)
    {
        var path = host.Folder[$"{project}/{project}.xml"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("</doc>", "<!-- built again --></doc>"));
    }

    static async Task RebuildAndUnloadAsync(TestHost host, string project, Func<Task> use)
    {
        await use();
        Assert.True((await host.ChangeAsync(project, () => Rebuild(host, project))).Ok);
        await use();
        Assert.True((await host.Registry.ReloadAsync(project)).Ok);
        await use();
        Assert.True((await host.Registry.UnloadAsync(project)).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, $"all generations are gone; left: {string.Join(", ", host.Registry.Retired)}");
    }

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A2"), Trait("Fault", "A16")]
    public async Task Notes_with_EF_Core_and_SQLite()
    {
        await using var host = await TestHost.StartAsync(With("EfNotes"));
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        var file = Path.Combine(host.Folder.Outside, "notes.db");
        var calls = 0;
        await RebuildAndUnloadAsync(host, "EfNotes", async () =>
        {
            var answer = await host.CallAsync("ef_note", new { file, text = $"milk {++calls}", word = "milk" });
            Assert.True(answer.Contains($"milk {calls}", StringComparison.Ordinal), answer + host.Log.Text);
        });
    }

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16")]
    public async Task FSharp()
    {
        await using var host = await TestHost.StartAsync(With("FSharpTools"));
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        await RebuildAndUnloadAsync(host, "FSharpTools", async () =>
        {
            Assert.Contains("\"total\":6", await host.CallAsync("fs_sum", new { numbers = new[] { 1, 2, 3 } }));
            Assert.Equal("3 is odd", await host.CallAsync("fs_kind", new { n = 3 }));
        });
    }

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16")]
    public async Task Visual_Basic()
    {
        await using var host = await TestHost.StartAsync(With("VbTools"));
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        await RebuildAndUnloadAsync(host, "VbTools", async () =>
        {
            Assert.Equal("Hello, Ada! Hello, Ada!", await host.CallAsync("vb_greet", new { name = "Ada", times = 2 }));
            Assert.Equal("5", await host.CallAsync("vb_late", new { text = "words" }));
        });
    }

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16"), Trait("Fault", "C7")]
    public async Task Code_for_netstandard_with_an_older_Newtonsoft_Json()
    {
        await using var host = await TestHost.StartAsync(With("OlderNet"));
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        await RebuildAndUnloadAsync(host, "OlderNet", async () =>
        {
            Assert.Equal("TypeConverter2", await host.CallAsync("older_converter"));
            Assert.Equal("""{"Number":3,"More":{"a":{"Number":4,"More":{}}}}""", await host.CallAsync("older_json"));
        });
    }
}
