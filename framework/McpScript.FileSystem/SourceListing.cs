using System.IO.Enumeration;
using System.Text;

namespace McpScript.FileSystem;

/// <summary>
/// The list of the C# files below a folder, treated as one file whose content is their names, so that a file that is added or removed counts as a change.
/// </summary>
/// <remarks>Left out: folders named <c>bin</c> or <c>obj</c>, names that begin with a dot, and folders behind symbolic links.</remarks>
static class SourceListing
{
    const string Pattern = "*.cs";

    /// <summary>The path that represents the list of a folder.</summary>
    public static string PathOf(string folder) => Path.Combine(folder, Pattern);

    /// <summary>True for a path that represents such a list.</summary>
    public static bool IsListing(string path) => Path.GetFileName(path.AsSpan()) is Pattern;

    /// <summary>Reads the list from disk, with the hash of its names.</summary>
    /// <param name="path">A path from <see cref="PathOf"/>.</param>
    public static SourceFile Read(string path) => Of(path, FilesIn(Path.GetDirectoryName(path)!));

    /// <summary>Creates the list with the hash of these files' names.</summary>
    public static SourceFile Of(string path, IReadOnlyList<string> files) =>
        SourceFile.Of(path, Encoding.UTF8.GetBytes(string.Join('\n', files)));

    /// <summary>The absolute paths of the C# files below a folder, sorted by ordinal value; none if the folder is missing.</summary>
    public static IReadOnlyList<string> FilesIn(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };
        try
        {
            return
            [
                .. new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
                {
                    ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsSource(entry.FileName),
                    ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                        !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && MayHoldSource(entry.FileName),
                }.Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted or made unreadable since it was found: the entry script cannot be read either, which is reported.
            return [];
        }
    }

    static bool IsSource(ReadOnlySpan<char> name) => name[0] != '.' && name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    static bool MayHoldSource(ReadOnlySpan<char> name) =>
        name[0] != '.' && !name.Equals("bin", StringComparison.OrdinalIgnoreCase) && !name.Equals("obj", StringComparison.OrdinalIgnoreCase);
}
