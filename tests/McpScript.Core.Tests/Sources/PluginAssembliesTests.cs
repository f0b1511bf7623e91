using McpScript.Sources;

namespace McpScript.Core.Tests.Sources;

public sealed class PluginAssembliesTests : IDisposable
{
    // An assembly without a plugin in it.
    static readonly byte[] Library = File.ReadAllBytes(typeof(CsCheck.Gen).Assembly.Location);

    static readonly byte[] Plugin = [.. PluginCode.Compile(_ => { })];

    readonly TempFolder _folder = new();
    readonly PluginAssemblies _assemblies = new(TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plugins_are_listed_and_the_libraries_beside_them_are_not()
    {
        var plugin = Write("plugin.dll", Plugin);
        Assert.Equal([plugin], _assemblies.Among([Write("library.dll", Library), plugin]));
    }

    [Fact]
    public void A_file_that_is_not_an_assembly_is_listed_until_it_is_a_library()
    {
        Assert.Single(Among(Write("some.dll", "MZ, but not an assembly"u8)));
        Assert.Empty(Among(Write("some.dll", Library)));
    }

    [Fact]
    public void A_plugin_that_loses_its_last_tool_stays_listed_so_that_the_problem_is_reported()
    {
        Assert.Single(Among(Write("some.dll", Plugin)));
        Assert.Single(Among(Write("some.dll", Library)));
        Assert.Single(Among(Write("some.dll", "torn"u8)));
        Assert.Single(Among(Write("some.dll", Library)));
    }

    [Fact]
    public void A_deleted_plugin_is_removed_from_the_cache()
    {
        Assert.Single(Among(Write("some.dll", Plugin)));
        Assert.Empty(_assemblies.Among([]));
        Assert.Empty(Among(Write("some.dll", Library)));
    }

    [Fact]
    public void A_file_that_is_deleted_before_it_is_read_keeps_its_last_result()
    {
        var path = Write("some.dll", Library);
        Assert.Empty(Among(path));
        File.Delete(path);
        Assert.Empty(Among(path));
        Assert.Single(Among(_folder["never-seen.dll"]));
    }

    IReadOnlyList<string> Among(string path) => _assemblies.Among([path]);

    string Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(_folder[name], content);
        return _folder[name];
    }
}
