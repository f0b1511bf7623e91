using McpScript.Model;

namespace McpScript.Scripting.Scripts;

/// <summary>A test script: a file <c>*.test.csx</c> in a plugin folder or beside the scripts of a folder plugin.</summary>
/// <param name="Plugin">The plugin that it tests.</param>
/// <param name="Path">Absolute path of the test script.</param>
/// <param name="Root">The plugin folder that it was found in.</param>
sealed record ScriptTest(PluginReference Plugin, string Path, string Root)
{
    /// <summary>Extension of test scripts.</summary>
    public const string Extension = ".test.csx";

    /// <summary>The path relative to the plugin folder, for texts.</summary>
    public string Shown => System.IO.Path.GetRelativePath(Root, Path);

    /// <summary>True for the name of a test script.</summary>
    public static bool IsTest(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the tests in plugin folders, in order; test scripts whose plugin would have an invalid name are left out.</summary>
    public static IEnumerable<ScriptTest> In(IEnumerable<string> folders) => folders.SelectMany(root =>
    {
        var beside = Files(root).Select(path => (Name: System.IO.Path.GetFileName(path)[..^Extension.Length], Path: path));
        var inside = Directory.GetDirectories(root).SelectMany(Files, (folder, path) => (Name: System.IO.Path.GetFileName(folder), Path: path));
        return beside.Concat(inside).Where(test => PluginReference.IsValidName(test.Name)).OrderBy(test => test.Path, StringComparer.Ordinal)
            .Select(test => new ScriptTest(new(test.Name), test.Path, root));
    });

    static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder).Where(IsTest);
}
