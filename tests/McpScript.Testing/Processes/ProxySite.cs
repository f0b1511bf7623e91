using System.Collections;

namespace McpScript.Testing.Processes;

/// <summary>Working folder for programs that a test starts, with its own home folder and without the MCP_ variables of the environment.</summary>
public sealed class ProxySite : IDisposable
{
    /// <summary>Creates a site with files in its plugin folder. Without files there is no plugin folder.</summary>
    public ProxySite(params (string Path, string Text)[] plugins)
    {
        Directory.CreateDirectory(this["home"]);
        Environment = Inherited();
        Environment["HOME"] = this["home"];
        Environment["DOTNET_ROOT"] = BuiltProgram.DotnetRoot;
        foreach (var (path, text) in plugins)
            Save(path, text);
    }

    /// <summary>Absolute path; working folder of programs.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("mcpscript-site-").FullName;

    /// <summary>Plugin folder, which mcp-proxy uses by default.</summary>
    public string Plugins => this["plugins"];

    /// <summary>The whole environment of programs.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Absolute path of a file or folder in the site.</summary>
    public string this[string path] => System.IO.Path.Combine(Path, path);

    /// <summary>Writes a file in place.</summary>
    /// <returns>Absolute path of the file.</returns>
    public string Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
        return this[path];
    }

    /// <summary>Saves a file of the plugin folder atomically: writes a temporary file and renames it.</summary>
    public void Save(string plugin, string text) =>
        File.Move(Write($"outside/{System.IO.Path.GetFileName(plugin)}", text), Directory.CreateDirectory(Plugins).FullName + "/" + plugin, overwrite: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        Secrets.SearchFiles(this["home"]);
        Directory.Delete(Path, recursive: true);
    }

    static Dictionary<string, string> Inherited() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
        .Where(variable => !variable.Name.StartsWith("MCP_", StringComparison.OrdinalIgnoreCase) && variable.Name is not "DOTNET_USE_POLLING_FILE_WATCHER")
        .ToDictionary(variable => variable.Name, variable => variable.Value);
}
