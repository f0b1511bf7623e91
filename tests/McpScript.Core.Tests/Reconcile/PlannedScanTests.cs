using McpScript.Model;
using McpScript.Reconcile;
using McpScript.Registry;

namespace McpScript.Core.Tests.Reconcile;

public sealed class PlannedScanTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_write_is_the_newest_of_the_changed_files_and_null_if_none_is_there()
    {
        _folder.File("work.csx", "x");
        Assert.Equal(DateTimeOffset.UtcNow, Scan("work").LastWrite!.Value, TimeSpan.FromMinutes(1));
        Assert.Null(Scan("none").LastWrite);
        Assert.Null(Scan().LastWrite);
    }

    [Fact]
    public void Only_plugins_that_are_refreshed_are_about_to_be_loaded()
    {
        var scan = Scan() with { Changes = [new(new("gone"), PluginChangeKind.Unload), new(new("work"), PluginChangeKind.Refresh)] };
        Assert.Equal([new PluginReference("work")], scan.Loading);
    }

    PlannedScan Scan(params string[] names) => new(new([], []), [], [], [], names.Select(name => _folder[name + ".csx"]).ToHashSet());
}
