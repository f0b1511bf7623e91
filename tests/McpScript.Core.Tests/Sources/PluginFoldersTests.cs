using McpScript.FileSystem;
using McpScript.Sources;

namespace McpScript.Core.Tests.Sources;

public class PluginFoldersTests
{
    [Fact]
    public void Each_folder_is_read_once_with_files_and_folders_by_name_and_without_hidden_ones()
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "b.csx", "A.csx", "a.csx", "_part.csx", ".hidden", "sub/x.csx", "Lib/x.dll", "_old/x.csx", ".git/x" })
            folder.File(name, "");

        var listing = Assert.Single(new PluginFolders(() => [folder.Path, folder.Path + "/"]).Read());

        Assert.Equal((folder.Path, FolderReadState.Read, false), (listing.Root, listing.State, listing.IsEmpty));
        Assert.Equal([folder["A.csx"], folder["a.csx"], folder["b.csx"]], listing.Files);
        Assert.Equal([folder["Lib"], folder["sub"]], listing.Folders);
        Assert.Equal(FileStat.Of(folder.Path).Identity, listing.Identity);
    }

    [Fact]
    public void Links_count_as_what_they_lead_to_and_dangling_ones_as_files()
    {
        using var folder = new TempFolder();
        folder.Folder("data/real");
        folder.Link("plugins/linked", folder["data/real"]);
        folder.Link("plugins/gone.csx", folder["data/none"]);

        var listing = Assert.Single(new PluginFolders(() => [folder["plugins"]]).Read());

        Assert.Equal([folder["plugins/gone.csx"]], listing.Files);
        Assert.Equal([folder["plugins/linked"]], listing.Folders);
    }

    [Fact]
    public void A_missing_folder_has_no_entries_and_one_of_hidden_entries_is_not_empty()
    {
        using var folder = new TempFolder();
        folder.File("hidden/.keep", "");
        folder.Folder("empty");

        var listings = new PluginFolders(() => [folder["none"], folder["hidden"], folder["empty"]]).Read();

        Assert.Equal([FolderReadState.Missing, FolderReadState.Read, FolderReadState.Read], listings.Select(listing => listing.State));
        Assert.Equal([false, false, true], listings.Select(listing => listing.IsEmpty));
        Assert.All(listings, listing => Assert.Empty(listing.Files));
    }

    [Fact]
    public void A_folder_that_cannot_be_read_keeps_the_entries_that_were_read_last()
    {
        using var folder = new TempFolder();
        var closed = false;
        var folders = new PluginFolders(() => [folder.Path], root => closed ? throw new UnauthorizedAccessException("Closed.") : [new(folder["a.csx"], false)]);
        Assert.Equal([folder["a.csx"]], folders.Read()[0].Files);

        closed = true;
        var listing = folders.Read()[0];

        Assert.Equal((FolderReadState.Unreadable, "Closed."), (listing.State, listing.Error));
        Assert.Equal([folder["a.csx"]], listing.Files);
    }
}
