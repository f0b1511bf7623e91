using McpScript.Configuration;

namespace McpScript.Core.Tests.Configuration;

public sealed class PluginDirsTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Those_of_the_default_folders_that_exist_are_used()
    {
        var scripts = _folder.Folder("scripts-plugins");

        Assert.Equal([scripts], _folder.Load().PluginDirs);
        Assert.Equal([_folder.Folder("plugins"), scripts], _folder.Load().PluginDirs);
    }

    [Fact]
    public void The_files_folders_are_relative_to_the_file()
    {
        var (a, b, home) = (_folder.Folder("etc/a"), _folder.Folder("b"), _folder.Folder("home/c"));
        _folder.Folder("plugins");
        _folder.Write("etc/proxy.yaml", "plugin_dirs: [a/, ../b, a, ~/c]");

        Assert.Equal([a, b, home], _folder.Load(commandLine: new CommandLineOverrides { ConfigFile = "etc/proxy.yaml" }).PluginDirs);
    }

    [Fact]
    public void The_command_lines_folders_are_relative_to_the_working_directory_and_replace_the_files()
    {
        var b = _folder.Folder("b");
        _folder.Folder("etc/a");
        _folder.Write("etc/proxy.yaml", "plugin_dirs: a");

        Assert.Equal([b], _folder.Load(commandLine: new CommandLineOverrides { ConfigFile = "etc/proxy.yaml", PluginDirs = ["b"] }).PluginDirs);
    }

    [Fact]
    public void A_folder_that_is_named_must_exist()
    {
        _folder.Write("file", "");

        Assert.Equal(
            [
                "config.yaml(1,15): 'plugin_dirs' must be a folder that exists, but 'nope' does not exist; create it, or correct the path",
                "'--plugin-dir' must be a folder that exists, but 'file' is a file; create it, or correct the path",
            ],
            _folder.ProblemsOf("plugin_dirs: [nope]", new CommandLineOverrides { PluginDirs = ["file"] }));
    }

    [Fact]
    public void An_empty_list_means_no_folder()
    {
        _folder.Folder("plugins");

        Assert.Empty(_folder.Load("plugin_dirs: []").PluginDirs);
    }
}
