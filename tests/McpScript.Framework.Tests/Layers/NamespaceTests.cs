using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace McpScript.Framework.Tests.Layers;

/// <summary>Namespaces of all source files of the repository: the root namespace of the project, and the folder below it.</summary>
public partial class NamespaceTests
{
    static readonly string[] Tops = ["framework", "proxy", "scripts-plugins", "tests", "tools"];

    [Fact]
    public void Every_source_file_has_the_namespace_of_its_folder()
    {
        var files = Tops.SelectMany(top => Directory.EnumerateFiles(Path.Combine(Root(), top), "*.csproj", SearchOption.AllDirectories)).Where(IsOurs)
            .SelectMany(FilesOf).ToList();

        Assert.True(files.Count > 1000, $"only {files.Count} files were found");
        Assert.All(files, file => Assert.Equal((file.Path, file.Expected), (file.Path, file.Namespace)));
    }

    static IEnumerable<(string Path, string Expected, string Namespace)> FilesOf(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var root = RootNamespace().Match(File.ReadAllText(project)) is { Success: true } named ? named.Groups[1].Value
            : Path.GetFileNameWithoutExtension(project);
        return
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            where IsOurs(file)
            let found = Namespace().Match(File.ReadAllText(file))
            where found.Success
            let below = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
            select (Path.GetRelativePath(Root(), file), below == "." ? root : $"{root}.{below}", found.Groups[1].Value);
    }

    // Not what builds and npm leave behind.
    static bool IsOurs(string path) => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules" or "artifacts");

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("<RootNamespace>(.*?)</RootNamespace>")]
    private static partial Regex RootNamespace();

    [GeneratedRegex(@"^namespace\s+([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
