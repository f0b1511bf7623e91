using McpScript.Model;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Sources;
using McpScript.Sources;

namespace McpScript.Framework.Tests.Scripting;

public sealed class ScriptFolderSourceTests : IDisposable
{
    readonly ScriptFolder _folder = new();
    readonly RecordingLog<ScriptFolderSource> _log = new();
    readonly ScriptFolderSource _source;
    readonly PluginFolders _folders;

    public ScriptFolderSourceTests() => (_source, _folders) = (new ScriptFolderSource(new ScriptCompiler(), _log), new PluginFolders(() => [_folder.Root]));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_with_a_main_script_are_found()
    {
        foreach (var name in new[] { "b/main.csx", "A/main.csx", "none/other.csx", "_hidden/main.csx", ".dot/main.csx", "top.csx", "deep/er/main.csx" })
            _folder.Write(name, "int x;");
        Assert.Equal(
            [
                new PluginLocation(new PluginReference("A"), "folder", _folder["A/main.csx"], _folder.Root),
                new PluginLocation(new PluginReference("b"), "folder", _folder["b/main.csx"], _folder.Root),
            ],
            Find());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void A_folder_with_an_invalid_name_is_reported_once()
    {
        _folder.Write("my tool/main.csx", "int x;");
        _folder.Write("no tool/other.csx", "int x;");
        Assert.Empty(Find());
        Assert.Empty(Find());
        Assert.Contains("'my tool' is not a plugin name", Assert.Single(_log.Lines));
    }

    [Fact]
    public void Links_are_followed()
    {
        _folder.Write(".data/real/main.csx", "int x;");
        Directory.CreateSymbolicLink(_folder["linked"], _folder[".data/real"]);
        Directory.CreateDirectory(_folder["half"]);
        File.CreateSymbolicLink(_folder["half/main.csx"], _folder["gone.csx"]);
        Assert.Equal(["half", "linked"], Find().Select(location => location.Reference.Name));
    }

    [Fact]
    public async Task A_folder_plugin_compiles_with_what_it_loads()
    {
        _folder.Write("thing/main.csx", "#load \"parts/tools.csx\"\n");
        _folder.Write("thing/parts/tools.csx", """mcp.Tool("t", "", () => "t");""");
        var image = await _source.GetAsync(Assert.Single(Find()), CancellationToken.None);
        using var script = await RunningScript.RunAsync((AssemblyImage)image);
        Assert.Equal("t", script.Call("t"));
    }

    IReadOnlyList<PluginLocation> Find() => _source.Find(_folders.Read()).Plugins;
}
