using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Reconcile;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Core.Tests.Reconcile;

public sealed class PlannedScanTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plugin_whose_file_was_deleted_since_the_scan_is_left_out_and_others_stay()
    {
        _folder.File("work.csx", "x");
        _folder.File("stays.csx", "x");
        var scan = Scan("work", "stays", "nowhere");
        Assert.Equal(["work", "stays", "nowhere"], Names(scan));

        File.Delete(_folder["work.csx"]);

        Assert.Equal(["stays", "nowhere"], Names(scan));
    }

    [Fact]
    public void A_plugin_that_was_found_without_a_file_stays_because_loading_it_says_what_is_missing()
    {
        var scan = Scan("package");
        Assert.Equal(["package"], Names(scan));
    }

    [Fact]
    public void The_last_write_is_the_newest_of_the_changed_files_and_null_if_none_is_there()
    {
        _folder.File("work.csx", "x");
        Assert.Equal(DateTimeOffset.UtcNow, Scan("work").LastWrite!.Value, TimeSpan.FromMinutes(1));
        Assert.Null(Scan("none").LastWrite);
        Assert.Null(Scan().LastWrite);
    }

    [Theory]
    [InlineData("work.csx")]
    [InlineData("work/main.csx")]
    public void A_plugin_that_is_deleted_while_the_scan_is_compared_is_left_out_too(string file)
    {
        _folder.File(file, "x");
        var folders = new PluginFolders(() => [_folder.Path]).Read();
        File.Delete(_folder[file]);
        Assert.Empty(Names(Scan(folders, new PluginLocation(new("work"), "script", _folder[file], _folder.Path))));
    }

    [Fact]
    public void An_unload_is_kept_whatever_happens_to_the_file()
    {
        _folder.File("work.csx", "x");
        var scan = Scan("work");
        File.Delete(_folder["work.csx"]);
        Assert.Equal(["work"], Names(scan with { Changes = [new(new("work"), PluginChangeKind.Unload)] }));
    }

    // 'nowhere' is wanted and was not found.
    PlannedScan Scan(params string[] names) => Scan(
        new PluginFolders(() => [_folder.Path]).Read(),
        [.. names.Select(name => new PluginLocation(new(name), "script", _folder[(name == "nowhere" ? "none/" : "") + name + ".csx"], _folder.Path))]);

    static PlannedScan Scan(ImmutableArray<FolderListing> folders, params PluginLocation[] locations)
    {
        PluginReference[] wanted = [.. locations.Select(location => location.Reference)];
        var found = locations.Where(location => location.Reference.Name != "nowhere");
        var plan = new ReconcilePlan([.. found], [.. wanted], [], [], new HashSet<string>(), new HashSet<PluginReference>());
        var changes = wanted.Select(reference => new PluginChange(reference, PluginChangeKind.Refresh));
        return new(new(folders, []), plan, [.. changes], [], locations.Select(location => location.Path).ToHashSet());
    }

    static IEnumerable<string> Names(PlannedScan scan) => scan.ChangesStillThere().Select(change => change.Reference.Name);
}
