using System.Text.RegularExpressions;

namespace McpScript.Framework.Tests.Layers;

/// <summary>Folders of a project by the types that their files declare.</summary>
sealed partial class SourceFolders
{
    readonly Dictionary<(string Namespace, string Type), string> _folders = [];

    /// <summary>Folder of a type, relative to the project, with slashes; null if no file declares it.</summary>
    public string? Find(string @namespace, string type) => _folders.GetValueOrDefault((@namespace, type));

    /// <summary>Reads the type declarations of all source files of a project; file-scoped namespaces only.</summary>
    /// <param name="project">Path of the project's folder.</param>
    public static SourceFolders Read(string project)
    {
        var all = new SourceFolders();
        foreach (var file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!).Replace('\\', '/');
            foreach (Match type in Declaration().Matches(text))
                all._folders[(Namespace().Match(text).Groups[1].Value, type.Groups[1].Value)] = folder;
        }
        return all;
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|unsafe|ref|file)\s+)*"
        + @"(?:class|record struct|record|struct|interface|enum|delegate\s+[\w<>?]+)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
