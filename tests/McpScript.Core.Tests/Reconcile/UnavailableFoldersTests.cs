using McpScript.Reconcile;
using McpScript.Sources;

namespace McpScript.Core.Tests.Reconcile;

public class UnavailableFoldersTests
{
    readonly LogLines<UnavailableFolders> _log = new();

    [Fact]
    public void A_folder_that_disappears_is_away_and_its_loss_and_return_are_reported_once()
    {
        using var folder = new TempFolder();
        folder.File("plugins/a.csx", "x");
        var outages = new UnavailableFolders(_log);
        Assert.Empty(Update(outages, folder["plugins"]));

        Directory.Move(folder["plugins"], folder["unmounted"]);
        Assert.Equal([folder["plugins"]], Update(outages, folder["plugins"]));
        Assert.Equal([folder["plugins"]], Update(outages, folder["plugins"]));
        Assert.StartsWith($"Warning: Plugin folder '{folder["plugins"]}' is gone.", Assert.Single(_log.Lines));

        Directory.Move(folder["unmounted"], folder["plugins"]);
        Assert.Empty(Update(outages, folder["plugins"]));
        Assert.Empty(Update(outages, folder["plugins"]));
        Assert.Equal($"Information: Plugin folder '{folder["plugins"]}' is back.", _log.Lines.Last());
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    [Trait("Fault", "C2")]
    public void A_folder_that_cannot_be_read_is_reported_once_and_is_unread_until_it_can()
    {
        using var folder = new TempFolder();
        var closed = true;
        var outages = new UnavailableFolders(_log);
        var root = folder.Folder("plugins");
        var folders = new PluginFolders(() => [root], _ => closed ? throw new UnauthorizedAccessException("Access denied.") : []);

        Assert.Equal([root], outages.Update(folders.Read()));
        Assert.StartsWith($"Warning: Plugin folder '{root}' cannot be read, so nothing in it is loaded: Access denied.", Assert.Single(_log.Lines));
        Assert.Equal([root], outages.Update(folders.Read()));
        Assert.True(outages.IsUnread(root));
        Assert.Single(_log.Lines);

        closed = false;
        Assert.Empty(outages.Update(folders.Read()));
        Assert.False(outages.IsUnread(root));
        closed = true;
        Assert.Equal([root], outages.Update(folders.Read()));
        Assert.False(outages.IsUnread(root));
    }

    [Fact]
    public void A_folder_that_is_created_again_is_away_until_it_has_an_entry()
    {
        using var folder = new TempFolder();
        folder.File("plugins/a.csx", "x");
        var outages = new UnavailableFolders(_log);
        Update(outages, folder["plugins"]);

        Directory.Delete(folder["plugins"], recursive: true);
        folder.Folder("plugins");
        Assert.Equal([folder["plugins"]], Update(outages, folder["plugins"]));

        folder.File("plugins/b.csx", "x");
        Assert.Empty(Update(outages, folder["plugins"]));
    }

    [Fact]
    public void A_folder_that_is_emptied_is_there()
    {
        using var folder = new TempFolder();
        var file = folder.File("plugins/a.csx", "x");
        var outages = new UnavailableFolders(_log);
        Update(outages, folder["plugins"]);

        File.Delete(file);

        Assert.Empty(Update(outages, folder["plugins"]));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void A_folder_that_never_existed_is_away_without_a_report_and_an_empty_one_is_there()
    {
        using var folder = new TempFolder();

        Assert.Equal([folder["none"]], Update(new(_log), folder["none"], folder.Folder("empty")));
        Assert.Empty(_log.Lines);
    }

    static IReadOnlySet<string> Update(UnavailableFolders outages, params string[] roots) => outages.Update(new PluginFolders(() => roots).Read());
}
