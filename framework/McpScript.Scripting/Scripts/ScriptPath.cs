namespace McpScript.Scripting.Scripts;

/// <summary>Paths in <c>#load</c> and <c>#r</c> directives.</summary>
static class ScriptPath
{
    /// <summary>Converts a path to the separators of this system: a script that was written on Windows loads <c>lib\words.csx</c> on any system.</summary>
    /// <param name="written">The path as written.</param>
    public static string Portable(string written) => Path.DirectorySeparatorChar == '/' ? written.Replace('\\', '/') : written;

    /// <summary>The absolute path of a path in a file.</summary>
    /// <param name="written">The path as written, relative to the file's folder.</param>
    /// <param name="holder">The absolute path of the file.</param>
    public static string Full(string written, string holder) => Path.GetFullPath(Portable(written), Path.GetDirectoryName(holder)!);

    /// <summary>
    /// The entry script of a folder plugin, <c>main.csx</c>; null if the folder has none. A dangling link counts, so that compiling it reports the problem.
    /// </summary>
    public static string? MainOf(string folder)
    {
        var main = new FileInfo(Path.Combine(folder, "main.csx"));
        return main.Exists || main.LinkTarget is not null ? main.FullName : null;
    }
}
