using System.Collections.Immutable;
using McpScript.Core.Tests.Unloading;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Core.Tests.Registry;

/// <summary>Changes that a scan found, when main files are deleted before the changes are applied.</summary>
public sealed class VanishedPluginTests : IAsyncDisposable
{
    readonly TempFolder _folder = new();
    readonly TestRegistry _test = new();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _test.DisposeAsync();
    }

    [Fact]
    public async Task A_plugin_whose_file_was_deleted_since_the_scan_is_left_out_and_others_stay()
    {
        _folder.File("work.csx", "x");
        _folder.File("stays.csx", "x");
        var snapshot = Scan("work", "stays");
        Assert.Equal(["work", "stays", "nowhere"], await NamesAsync(snapshot, "work", "stays", "nowhere"));

        File.Delete(_folder["work.csx"]);

        Assert.Equal(["stays", "nowhere"], await NamesAsync(snapshot, "work", "stays", "nowhere"));
        Assert.Equal(["nowhere"], _test.Registry.Failures.Select(failure => failure.Reference.Name));
    }

    [Fact]
    public async Task A_plugin_that_was_found_without_a_file_stays_because_loading_it_says_what_is_missing() =>
        Assert.Equal(["package"], await NamesAsync(Scan("package"), "package"));

    [Theory]
    [InlineData("work.csx")]
    [InlineData("work/main.csx")]
    public async Task A_plugin_that_is_deleted_while_the_scan_is_compared_is_left_out_too(string file)
    {
        _folder.File(file, "x");
        var folders = new PluginFolders(() => [_folder.Path]).Read();
        File.Delete(_folder[file]);
        Assert.Empty(await NamesAsync(Scan(folders, new PluginLocation(new("work"), "script", _folder[file], _folder.Path)), "work"));
        Assert.Empty(_test.Registry.Failures);
    }

    [Fact]
    public async Task An_unload_is_kept_whatever_happens_to_the_file()
    {
        _folder.File("work.csx", "x");
        var snapshot = Scan("work");
        await NamesAsync(snapshot, "work");
        File.Delete(_folder["work.csx"]);
        var results = await ReconcileAsync(snapshot, new PluginChange(new("work"), PluginChangeKind.Unload));
        Assert.Equal(["work"], results.Where(result => result.Ok).Select(result => result.Name));
    }

    FolderSnapshot Scan(params string[] names) => Scan(
        new PluginFolders(() => [_folder.Path]).Read(),
        [.. names.Select(name => new PluginLocation(new(name), "script", _folder[name + ".csx"], _folder.Path))]);

    FolderSnapshot Scan(ImmutableArray<FolderListing> folders, params PluginLocation[] locations)
    {
        foreach (var location in locations)
            _test.Source.Put(location.Reference.Name, mcp => mcp.Tool(location.Reference.Name, "", () => ""));
        return new(folders, [(_test.Source, new SourceFindings(locations))]);
    }

    async Task<IEnumerable<string>> NamesAsync(FolderSnapshot snapshot, params string[] names)
    {
        var results = await ReconcileAsync(snapshot, [.. names.Select(name => new PluginChange(new(name), PluginChangeKind.Refresh))]);
        return results.Select(result => result.Name);
    }

    Task<ImmutableArray<ChangeResult>> ReconcileAsync(FolderSnapshot snapshot, params PluginChange[] changes) =>
        _test.Registry.ReconcileAsync(changes, snapshot, _test.Registry.Plugins, CancellationToken.None).Soon();
}
