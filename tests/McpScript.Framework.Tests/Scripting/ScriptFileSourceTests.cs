using McpScript.Model;
using McpScript.Scripting.Sources;
using McpScript.Sources;

namespace McpScript.Framework.Tests.Scripting;

public sealed class ScriptFileSourceTests : IDisposable
{
    readonly ScriptFolder _folder = new();
    readonly ScriptFolder _second = new();
    readonly RecordingCompiler _compiler = new();
    readonly RecordingLog<ScriptFileSource> _log = new();
    readonly ScriptFileSource _source;
    readonly PluginFolders _folders;

    public ScriptFileSourceTests() => (_source, _folders) = (
        new ScriptFileSource(_compiler, _log), new PluginFolders(() => [_folder.Root, _folder["missing"], _second.Root, _folder.Root + "/"]));

    public void Dispose()
    {
        _folder.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Scripts_are_found_in_folder_order_then_by_name()
    {
        Write("b.csx", "A.csx", "C.csx", "sub/d.csx", "text.txt", "a.csx.bak", "a.csx~");
        _second.Write("0.csx", "");
        Assert.Equal(["A", "b", "C", "0"], Names());
        Assert.Equal(new PluginLocation(new PluginReference("a"), "script", _folder["A.csx"], _folder.Root), Find()[0]);
    }

    [Fact]
    public void Hidden_files_and_tests_are_not_plugins()
    {
        Write("_lib.csx", ".hidden.csx", "echo.test.csx", "echo.csx");
        Assert.Equal(["echo"], Names());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void An_invalid_name_is_reported_once()
    {
        Write("my tool.csx", "größe.csx", "ok.csx");
        Assert.Equal(["ok"], Names());
        Assert.Equal(["ok"], Names());
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains(_log.Lines, line => line.StartsWith($"Warning: '{_folder["my tool.csx"]}' is skipped: 'my tool' is not a plugin name."));
    }

    [Fact]
    public void A_script_that_another_script_loads_is_not_a_plugin()
    {
        Write("helpers.csx", "deep.csx");
        _folder.Write("echo.csx", "// c\n#load \"./helpers.csx\"\nint x;");
        _folder.Write("helpers.csx", "#load \"lib/_x.csx\"");
        _folder.Write("lib/_x.csx", "#load \"../deep.csx\"");
        Assert.Equal(["echo"], Names());
        Assert.Equal(["echo"], Names());
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains($"Information: '{_folder["helpers.csx"]}' is no plugin of its own: '{_folder["echo.csx"]}' loads it. "
            + "Begin its name with '_' to make that plain.", _log.Lines);
    }

    [Fact]
    public void A_script_that_a_folder_plugin_or_another_root_loads_is_not_a_plugin()
    {
        Write("one.csx", "two.csx", "three.csx");
        _folder.Write("thing/main.csx", "#load \"../one.csx\"");
        _second.Write("x.csx", $"#load \"{_folder["two.csx"]}\"");
        Assert.Equal(["three", "x"], Names());
    }

    [Fact]
    public void A_script_that_only_a_test_or_an_unused_file_loads_is_a_plugin()
    {
        Write("echo.csx", "greet.csx");
        _folder.Write("echo.test.csx", "#load \"echo.csx\"");
        _folder.Write("_old.csx", "#load \"greet.csx\"");
        Assert.Equal(["echo", "greet"], Names());
    }

    [Fact]
    public void Scripts_that_load_each_other_stay_plugins_so_that_the_problem_is_reported()
    {
        _folder.Write("a.csx", "#load \"b.csx\"");
        _folder.Write("b.csx", "#load \"a.csx\"");
        _folder.Write("c.csx", "#load \"c.csx\"");
        Assert.Equal(["a", "b", "c"], Names());
    }

    [Fact]
    public void A_part_becomes_a_plugin_when_no_script_loads_it_anymore()
    {
        Write("helpers.csx");
        _folder.Write("echo.csx", "#load \"helpers.csx\"");
        Assert.Equal(["echo"], Names());
        _folder.Write("echo.csx", "int x;");
        Assert.Equal(["echo", "helpers"], Names());
    }

    [Fact]
    public void Links_are_followed_and_dangling_ones_are_not_hidden()
    {
        _second.Write("data/real.csx", "int x;");
        File.CreateSymbolicLink(_folder["linked.csx"], _second["data/real.csx"]);
        File.CreateSymbolicLink(_folder["broken.csx"], _second["gone.csx"]);
        Assert.Equal(["broken", "linked"], Names());
        Assert.Equal(_folder["linked.csx"], Find()[^1].Path);
    }

    [Fact]
    public void A_deleted_folder_is_empty()
    {
        _second.Write("x.csx", "");
        Assert.Equal(["x"], Names());
        Directory.Delete(_second.Root, recursive: true);
        Assert.Empty(Names());
        Directory.CreateDirectory(_second.Root);
    }

    [Fact]
    public void A_folder_that_cannot_be_read_keeps_its_last_plugins()
    {
        // A link to itself fails with "too many levels", which even root cannot read.
        var root = _folder["root"];
        _folder.Write("root/a.csx", "");
        var folders = new PluginFolders(() => [root]);
        Assert.Single(_source.Find(folders.Read()).Plugins);
        Directory.Delete(root, recursive: true);
        File.CreateSymbolicLink(root, root);
        Assert.Equal("a", Assert.Single(_source.Find(folders.Read()).Plugins).Reference.Name);
        Assert.Single(_source.Find(folders.Read()).Plugins);
        // Reported once, for all kinds of plugins, by UnavailableFolders.
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Getting_compiles()
    {
        Write("echo.csx");
        var location = Find().Single();
        var image = await _source.GetAsync(location, CancellationToken.None);
        Assert.Equal([location], _compiler.Requests);
        Assert.Same(location, image.Location);
    }

    [Fact]
    public async Task Getting_can_be_cancelled()
    {
        Write("echo.csx");
        var location = Find().Single();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _source.GetAsync(location, new CancellationToken(canceled: true)));
        Assert.Empty(_compiler.Requests);
    }

    void Write(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, "int x;");
    }

    IEnumerable<string> Names() => Find().Select(location => location.Reference.Name);

    IReadOnlyList<PluginLocation> Find() => _source.Find(_folders.Read()).Plugins;
}
