using System.IO.Compression;

namespace McpScript.Testing;

/// <summary>Writes small NuGet packages.</summary>
public static class Nupkg
{
    /// <summary>Writes a package with one assembly to a folder, which is then a NuGet feed.</summary>
    /// <param name="feed">The folder; created if missing.</param>
    /// <param name="id">The package's id.</param>
    /// <param name="version">Its version.</param>
    /// <param name="dll">Its assembly.</param>
    /// <param name="needs">Dependencies of the package.</param>
    public static void Write(string feed, string id, string version, BuiltDll dll, params (string Id, string Version)[] needs) =>
        Write(feed, id, version, [($"lib/net8.0/{dll.Name}.dll", dll.Assembly), ($"lib/net8.0/{dll.Name}.xml", dll.Documentation)], needs);

    /// <summary>Writes a package with any files to a folder, which is then a NuGet feed.</summary>
    public static void Write(
        string feed, string id, string version, IEnumerable<(string Path, byte[] Content)> files, params (string Id, string Version)[] needs)
    {
        var dependencies = string.Concat(needs.Select(need => $"<dependency id=\"{need.Id}\" version=\"{need.Version}\" />"));
        Directory.CreateDirectory(feed);
        using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        Add(package, $"{id}.nuspec", System.Text.Encoding.UTF8.GetBytes($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
              <id>{id}</id><version>{version}</version><authors>test</authors><description>test</description>
              <dependencies><group targetFramework="net8.0">{dependencies}</group></dependencies>
            </metadata></package>
            """));
        foreach (var (path, content) in files)
            Add(package, path, content);
    }

    static void Add(ZipArchive package, string name, byte[] content)
    {
        using var entry = package.CreateEntry(name).Open();
        entry.Write(content);
    }
}
