using System.Collections;

namespace McpScript.Testing.Processes;

/// <summary>A working folder for programs that a test starts: with a home of its own, and nothing of the environment's settings.</summary>
public sealed class ProxySite : IDisposable
{
    /// <summary>A new site with these files in its plugin folder, which is there only if there are files.</summary>
    public ProxySite(params (string Path, string Text)[] plugins)
    {
        Directory.CreateDirectory(this["home"]);
        Environment = Inherited();
        Environment["HOME"] = this["home"];
        Environment["DOTNET_ROOT"] = BuiltProgram.DotnetRoot;
        foreach (var (path, text) in plugins)
            Save(path, text);
    }

    /// <summary>Its absolute path, where programs are started.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("mcpscript-site-").FullName;

    /// <summary>The plugin folder, which the program finds by itself.</summary>
    public string Plugins => this["plugins"];

    /// <summary>All the environment that programs get.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>The absolute path of something in it.</summary>
    public string this[string path] => System.IO.Path.Combine(Path, path);

    /// <summary>Writes a file in place.</summary>
    /// <returns>Its absolute path.</returns>
    public string Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
        return this[path];
    }

    /// <summary>Saves a file of the plugin folder as careful editors do: written beside, then renamed over the old one, so that nobody sees half of it.</summary>
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
