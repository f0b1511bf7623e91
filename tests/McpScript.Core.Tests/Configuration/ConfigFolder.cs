using McpScript.Configuration;

namespace McpScript.Core.Tests.Configuration;

/// <summary>A working directory of its own for one test, with a config.yaml in it and a home beside it.</summary>
sealed class ConfigFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpscript-config-");

    public Dictionary<string, string> Environment { get; } = [];

    public ConfigFolder() => Environment["HOME"] = Environment["USERPROFILE"] = Folder("home");

    public string PathOf(string name) => Path.Join(_folder.FullName, name);

    public string Folder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Loads with this text as config.yaml; null for no file.</summary>
    public McpScriptConfig Load(string? yaml = null, CommandLineOverrides? commandLine = null)
    {
        commandLine ??= new CommandLineOverrides();
        if (yaml is not null)
            commandLine = commandLine with { ConfigFile = Write("config.yaml", yaml) };
        return McpScriptConfig.Load(commandLine, Environment, _folder.FullName);
    }

    /// <summary>The problems, with the folder's own path left out.</summary>
    public string[] ProblemsOf(string? yaml = null, CommandLineOverrides? commandLine = null) =>
        [.. Assert.Throws<ConfigurationException>(() => Load(yaml, commandLine)).Problems.Select(problem => Relative(problem.ToString()))];

    public string Relative(string text) => text.Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
