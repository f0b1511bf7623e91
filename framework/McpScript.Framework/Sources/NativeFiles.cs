using McpScript.Packages;

namespace McpScript.Sources;

/// <summary>Finds the native libraries of a prebuilt plugin.</summary>
/// <param name="folder">Folder of the plugin's assembly.</param>
/// <param name="ownsFolder">True if all files in it belong to the plugin; otherwise only libraries that its code imports count.</param>
/// <param name="imports">Names of the libraries that its code imports.</param>
sealed class NativeFiles(string folder, bool ownsFolder, IReadOnlySet<string> imports)
{
    /// <summary>Finds the paths, each file name once.</summary>
    public IReadOnlyList<string> Find(DependencyFile listed) =>
    [
        .. listed.NativeLibraries.Values.Select(places => places.FirstOrDefault(File.Exists)).OfType<string>()
            .Concat(Beside(folder))
            .Concat(RuntimeNames.Here.SelectMany(name => Beside(Path.Combine(folder, "runtimes", name, "native"))))
            .DistinctBy(Path.GetFileName),
    ];

    IEnumerable<string> Beside(string place)
    {
        try
        {
            return Directory.Exists(place) ? [.. Directory.EnumerateFiles(place).Where(IsNative).Where(IsOurs).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted or made unreadable in between: a call into a missing library fails with its name.
            return [];
        }
    }

    bool IsOurs(string path) => ownsFolder || imports.Any(name =>
        Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("lib" + name, StringComparison.Ordinal));

    // On Windows assemblies have the same extension; copying one needlessly does no harm.
    static bool IsNative(string path) => Path.GetFileName(path) is var name && (
        OperatingSystem.IsWindows() ? name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        : OperatingSystem.IsMacOS() ? name.EndsWith(".dylib", StringComparison.Ordinal)
        : name.EndsWith(".so", StringComparison.Ordinal) || name.Contains(".so.", StringComparison.Ordinal));
}
