using McpScript.Core.Tests.Sources;
using McpScript.Model;
using McpScript.Reconcile;
using McpScript.Registry;

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

    // 'nowhere' is wanted and was not found.
    PlannedScan Scan(params string[] names)
    {
        var found = names.Where(name => name != "nowhere")
            .Select(name => new PluginLocation(new(name), "script", _folder[name + ".csx"], _folder.Path)).ToList();
        var plan = new ReconcilePlan(
            [.. found], [.. names.Select(name => new PluginReference(name))], [], [], new HashSet<string>(), new HashSet<PluginReference>());
        var changes = names.Select(name => new PluginChange(new(name), PluginChangeKind.Refresh));
        return new(TestSources.Of(new Registry.CodeSource()).Scan(), plan, [.. changes], [], names.Select(name => _folder[name + ".csx"]).ToHashSet());
    }

    static IEnumerable<string> Names(PlannedScan scan) => scan.ChangesStillThere().Select(change => change.Reference.Name);
}
