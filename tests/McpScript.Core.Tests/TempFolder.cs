namespace McpScript.Core.Tests;

/// <summary>A folder for one test, deleted after it.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mcpscript-core-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public string Folder(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    public string File(string relative, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        System.IO.File.WriteAllText(this[relative], content);
        return this[relative];
    }

    public string Link(string relative, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        return System.IO.File.CreateSymbolicLink(this[relative], target).FullName;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
