using McpScript.Packages;

namespace McpScript.Sources;

/// <summary>Finds the native libraries of a prebuilt plugin.</summary>
/// <param name="folder">Where its assembly is.</param>
/// <param name="ownsFolder">True if all that lies there is the plugin's; else only what its code names counts.</param>
/// <param name="imports">The libraries that its code names.</param>
sealed class NativeFiles(string folder, bool ownsFolder, IReadOnlySet<string> imports)
{
    /// <summary>Their paths, each file name once.</summary>
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
            // Gone or closed while we looked: a library that is needed is missed when it is called, by name.
            return [];
        }
    }

    bool IsOurs(string path) => ownsFolder || imports.Any(name =>
        Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("lib" + name, StringComparison.Ordinal));

    // On Windows an assembly has the same ending; copying one in vain does no harm.
    static bool IsNative(string path) => Path.GetFileName(path) is var name && (OperatingSystem.IsWindows() ? name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        : OperatingSystem.IsMacOS() ? name.EndsWith(".dylib", StringComparison.Ordinal)
        : name.EndsWith(".so", StringComparison.Ordinal) || name.Contains(".so.", StringComparison.Ordinal));
}
