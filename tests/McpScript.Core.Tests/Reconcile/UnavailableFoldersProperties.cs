using CsCheck;
using McpScript.Reconcile;
using McpScript.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Core.Tests.Reconcile;

public class UnavailableFoldersProperties
{
    static readonly string[] Roots = [FolderModel.One, FolderModel.Two];

    // Listing a folder succeeds with files or without, or throws one of these.
    static readonly Gen<Exception?> Listing = Gen.OneOf<Exception?>(
        null, new DirectoryNotFoundException(), new UnauthorizedAccessException(), new IOException("Stale handle."), new FileNotFoundException());

    [Fact]
    public void A_folder_is_away_while_it_cannot_be_listed_and_unread_if_it_exists_and_never_could_be() =>
        Listing.Array[Roots.Length].Array[1, 12].Sample(scans =>
        {
            var listings = scans[0];
            var outages = new UnavailableFolders(NullLogger<UnavailableFolders>.Instance);
            var folders = new PluginFolders(
                () => Roots, root => listings[Array.IndexOf(Roots, root)] is { } failure ? throw failure : [new(Path.Combine(root, "file"), false)]);
            var (seen, unread) = (new HashSet<string>(), new HashSet<string>());
            foreach (var scan in scans)
            {
                listings = scan;
                foreach (var (index, listing) in scan.Index())
                    Note(Roots[index], listing, seen, unread);

                Assert.Equal(Roots.Where((_, index) => scan[index] is not null).ToHashSet(), outages.Update(folders.Read()));
                Assert.All(Roots, root => Assert.Equal(unread.Contains(root), outages.IsUnread(root)));
            }
        }, iter: 200);

    static void Note(string root, Exception? listing, HashSet<string> seen, HashSet<string> unread)
    {
        if (listing is null)
            seen.Add(root);
        if (listing is null or DirectoryNotFoundException)
            unread.Remove(root);
        else if (!seen.Contains(root))
            unread.Add(root);
    }
}
